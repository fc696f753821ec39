import org.junit.jupiter.api.Test;
class FlowsTest { @Test void x() { System.out.println(com.baidubce.services.bcc.BccClient.class); } }
