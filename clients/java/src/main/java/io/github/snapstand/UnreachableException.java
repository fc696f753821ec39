package io.github.snapstand;

import java.net.URI;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Nobody answers there, or nobody who is trusted, or the answer broke off; the cause says how. */
public class UnreachableException extends SnapstandException {
    private static final long serialVersionUID = 1L;
    private final URI url;

    UnreachableException(URI url, Throwable cause) {
        super(words(url, cause), cause);
        this.url = url;
    }

    /** The server's. */
    public URI url() {
        return url;
    }

    private static String words(URI url, Throwable cause) {
        boolean isTls = false;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String said = String.valueOf(each.getMessage());
            // The JDK has no type of its own for it.
            if (each instanceof CertificateException && said.startsWith("No ") && said.contains(" match")) {
                return "the certificate of " + url + " does not name " + url.getHost() + ": start the server with --tls-host "
                        + url.getHost();
            }
            isTls = isTls || each instanceof CertificateException || each instanceof SSLException && said.contains("PKIX");
        }
        if (isTls) return "the certificate of " + url + " is not trusted: name its file by ConnectOptions.caFile";
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "nothing answers at " + url + ": " + said;
    }
}
