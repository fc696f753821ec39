import type { Provider } from '../../provider.ts'

// What the cloud has and this emulator has not: names, of the Go SDK 0.2.45, so that a hint can say "known, not emulated"
// instead of guessing at a slip of the pen.

const INSTANCES = 'Instances come with the seed; nothing here makes or destroys one.'
const SDK = 'Go SDK 0.2.45 (zenlayer.md 0.2)'

/** Of the services that are served in part. */
const ZEC = `
  AddQosPolicyGroupMembers AssignBorderGateway AssignBorderGatewayRoute AssignNetworkInterfaceIpv4
  AssignNetworkInterfaceIpv6 AssignSecurityGroupVpc AssociateEipAddress AssociateHaVip AttachDhcpOptionsSetToSubnet
  AttachNetworkInterface AttachToPolicy AvailableLanIp BatchAssignNetworkInterfaceIpv4 BatchAttachEipLanIp
  ChangeEipBindType ChangeEipInternetChargeType ChangeNicNetworkType ConfigEipEgressIp ConfigEipProbe
  ConfigureSecurityGroupRules CopyImage CreateBorderGateway CreateByoip CreateCidr CreateCrossRegionBandwidth
  CreateDhcpOptionsSet CreateDnatEntry CreateEips CreateHaVip CreateImage CreateNatGateway CreateNetworkInterface
  CreatePlacementGroup CreatePolicy CreateQosPolicyGroup CreateRoute CreateSecurityGroup CreateSnatEntry
  CreateSubnet CreateVpc DeleteBorderGateway DeleteCidr DeleteCidrs DeleteCrossRegionBandwidth DeleteDhcpOptionsSet
  DeleteDnatEntry DeleteEip DeleteHaVip DeleteImageCopy DeleteImages DeleteIpv6Cidr DeleteNatGateway
  DeleteNetworkInterface DeletePlacementGroups DeletePolicy DeleteQosPolicyGroup DeleteRoute DeleteSecurityGroup
  DeleteSnatEntry DeleteSubnet DeleteVpc DescribeAvailableBorderGateway DescribeAvailableNats DescribeBorderGateways
  DescribeByoipPrice DescribeByoipRegions DescribeCidrPrice DescribeCidrRegions DescribeCidrs
  DescribeCrossRegionBandwidth DescribeCrossRegionBandwidthMonitorData DescribeCrossRegionBandwidthRegions
  DescribeCustomImages DescribeDDosAllEventList DescribeDDosEventDetail DescribeDhcpOptionsSets
  DescribeEipInternetChargeTypes DescribeEipMonitorData DescribeEipPrice DescribeEipRegions DescribeEipRemoteRegions
  DescribeEipTraffic DescribeEips DescribeHaVips DescribeImageCopyProgress DescribeImages
  DescribeInstanceMonitorData DescribeIpv6Cidrs DescribeKeyPairs DescribeNatGatewayDetail DescribeNatGatewayRegions
  DescribeNatGateways DescribeNetworkInterfaceMonitorData DescribeNetworkInterfacePublicIPv6
  DescribeNetworkInterfaceRegions DescribeNetworkInterfaces DescribePlacementGroups DescribePolicyDetail
  DescribePolicyRegions DescribePolicys DescribePools DescribeQosPolicyGroupTraffic DescribeQosPolicyGroups
  DescribeReflectUdpPortOptions DescribeRoutes DescribeSecurityGroupRule DescribeSecurityGroups
  DescribeSubnetRegions DescribeSubnets DescribeUnmanagedEgressIps DescribeVmInventoryCapacity DescribeVncUrl
  DescribeVpcs DescribeZoneGpuInstanceConfigInfos DescribeZoneInstanceConfigInfos DetachDhcpOptionsSetFromSubnet
  DetachEipLanIp DetachFromPolicy DetachNetworkInterface InquiryPriceChangeEipInternetChargeType
  InquiryPriceChangeIpv6InternetChargeType InquiryPriceChangeUnmanagedEgressIpInternetChargeType
  InquiryPriceCreateCrossRegionBandwidth InquiryPriceCreateInstance InquiryPriceCreateNatGateway
  InquiryPriceModifyCrossRegionBandwidth InquiryPriceModifyEipBandwidth InquiryPriceModifyEipFlowPackage
  InquiryPriceModifyInstanceType InquiryPriceModifyIpv6Bandwidth InquiryPriceModifyUnmanagedEgressIpBandwidth
  InquiryPricePublicIpv6 ModifyBorderGatewayAsn ModifyBorderGatewaysAttribute ModifyCidrAttribute
  ModifyCrossRegionBandwidth ModifyCrossRegionBandwidthAttribute ModifyDhcpOptionsSetAttributes ModifyDnatEntry
  ModifyEipAttribute ModifyEipBandwidth ModifyEipBandwidthLimitMode ModifyEipTrafficPackage ModifyHaVipAttribute
  ModifyImagesAttributes ModifyInstancePlacement ModifyInstanceType ModifyInstancesAttribute
  ModifyInstancesResourceGroup ModifyIpv6Bandwidth ModifyNatGateway ModifyNatGatewayAttribute
  ModifyNatGatewaysAttribute ModifyNetworkInterfaceAttribute ModifyNetworkInterfacePublicIPv6BandwidthLimitMode
  ModifyNetworkInterfacesAttribute ModifyPlacementGroupAttributes ModifyPolicy ModifyQosPolicyGroup
  ModifyRouteAttribute ModifySecurityGroupsAttribute ModifySnatEntry ModifySubnetAttribute ModifySubnetStackType
  ModifySubnetsAttribute ModifyUnmanagedEgressIpBandwidthLimitMode ModifyVpcAttribute ModifyVpcsAttribute
  RebootInstances RemoveQosPolicyGroupMembers RenewCidr RenewCrossRegionBandwidth RenewEip RenewIpv6Cidr
  RenewNatGateway ReplaceEipAddress ResetInstance ResetInstancePassword ResetInstances StartAgentMonitor
  StartIpForward StopAgentMonitor StopIpForward UnAssignSecurityGroupVpc UnassignBorderGateway
  UnassignBorderGatewayRoute UnassignNetworkInterfaceIpv4 UnassignNetworkInterfaceIpv6 UnassociateEipAddress
  UnassociateHaVip
`
const USER = `
  CreateMemberGroup CreateMemberGroupPermission CreateMemberPermission DeleteMember DeleteMemberGroup
  DeletePermission DeleteResourceGroup DescribeMember DescribeMemberGroups DescribeMembers DescribePermissions
  DescribePolicies InviteMember ModifyMemberGroup ModifyResourceGroup SendInviteMemberEmail
`
const ZRM = `
  CreateTags DeleteTags DescribeResourceByTags DescribeTags TagBindResources TagUnbindResources
`

const wordsOf = (text: string) => text.trim().split(/\s+/)

/** What the specification names and this emulator leaves out. */
export const notServed: Provider['notServed'] = [
  { name: 'CreateZecInstances', reason: INSTANCES, source: 'zenlayer.md 5.29' },
  { name: 'CreateInstances', reason: INSTANCES, source: 'zenlayer.md 5.29' },
  { name: 'ReleaseInstances', reason: INSTANCES, source: 'zenlayer.md 5.29' },
  {
    name: 'DescribeResourceTypes',
    reason: 'A catalogue of all services of the cloud, of which three are emulated.',
    source: 'zenlayer.md 5.30'
  }
]

/** These and all that the SDK has besides, of the services that rows belong to. */
export function knownActions(): Provider['notServed'] {
  const inSdk = (names: string, reason: string) => wordsOf(names).map((name) => ({ name, reason, source: SDK }))
  return [
    ...notServed,
    ...inSdk(ZEC, 'Disks, snapshots, their policies and what leads to them are, the rest of the service is not.'),
    ...inSdk(USER, 'Of the accounts only resource groups are.'),
    ...inSdk(ZRM, 'Of the tags only those of one resource are.')
  ]
}

/** Services of which nothing is served, with their actions. */
const OTHER_SERVICES = {
  aigw: `
    CreateAiGateway DeleteAiGateway DescribeAiGatewayExpireTime DescribeAiGatewayIpAcl DescribeAiGatewayModels
    DescribeAiGatewayTokenLimit DescribeAiGateways DescribeAiModelDailyCacheHitRate DescribeAiModelDailyCost
    DescribeAiModelDailyUsage DescribeAiModels DescribeAiMonthlyTotalCost DescribeAiUsageData
    DescribeAiUsageDetailData ModifyAiGatewayExpireTime ModifyAiGatewayIpAcl ModifyAiGatewayModels
    ModifyAiGatewayName ModifyAiGatewayTokenLimit StartAiGateway StopAiGateway
  `,
  alarm: 'DescribeIpBlockEvents',
  bmc: `
    AllocateDdosIpAddresses AllocateEipAddresses AssociateDdosIpAddress AssociateEipAddress
    AssociateSubnetInstances AssociateVpcSubnet BindCidrBlockIps CancelInstanceBandwidthDowngrade
    CancelInstanceTrafficPackageDowngrade CreateByoip CreateInstances CreateIpv4Block CreateIpv6Block
    CreateListener CreateLoadBalancer CreateLoadBalancerVIPs CreateSubnet CreateVpc DeleteListener
    DeleteLoadBalancerVIP DeleteSubnet DeleteVpc DeregisterBackend DescribeAvailableIpv4Resources
    DescribeAvailableIpv6Resources DescribeAvailableResources DescribeBackends DescribeCidrBlockIps
    DescribeCidrBlocks DescribeDdosIpAddresses DescribeDdosIpAvailableResources DescribeEipAddresses
    DescribeEipAvailableResources DescribeImages DescribeInstanceAvailableCidrBlock
    DescribeInstanceAvailableDdosIpResources DescribeInstanceAvailableEipResources DescribeInstanceInternetStatus
    DescribeInstanceTraffic DescribeInstanceTypes DescribeInstances DescribeInstancesMonitorHealth
    DescribeListeners DescribeLoadBalancerSpecs DescribeLoadBalancerZones DescribeLoadBalancers
    DescribeManagedInstanceTraffic DescribeManagedInstances DescribeSubnetAvailableResources DescribeSubnets
    DescribeVpcAvailableRegions DescribeVpcs DescribeZones InquiryPriceCreateDdosIpAddress
    InquiryPriceCreateEipAddress InquiryPriceCreateInstance InquiryPriceCreateIpv4Block
    InquiryPriceInstanceBandwidth InquiryPriceInstanceTrafficPackage ModifyBackendWeight ModifyCidrBlocksAttribute
    ModifyDdosIpAddressesResourceGroup ModifyEipAddressesResourceGroup ModifyInstanceBandwidth
    ModifyInstanceTrafficPackage ModifyInstancesAttribute ModifyInstancesResourceGroup ModifyListenerAttribute
    ModifyLoadBalancerBandwidth ModifyLoadBalancersName ModifySubnetsAttribute ModifySubnetsResourceGroup
    ModifyVpcsAttribute ModifyVpcsResourceGroup RebootInstances RegisterBackend ReinstallInstance
    ReleaseCidrBlocks ReleaseDdosIpAddresses ReleaseEipAddresses ReleaseInstances ReleaseLoadBalancer
    RenewCidrBlock RenewDdosIpAddress RenewEipAddress RenewInstance RestoreLoadBalancer StartInstances
    StopInstances TerminateCidrBlock TerminateDdosIpAddress TerminateEipAddress TerminateInstance
    TerminateLoadBalancer UnAssociateDdosIpAddress UnAssociateEipAddress UnAssociateSubnetInstance
    UnbindCidrBlockIps
  `,
  ccs: 'DeleteKeyPairs DescribeKeyPairs ImportKeyPair ModifyKeyPairAttribute',
  ipt: `
    CreateIPTransit DeleteIPTransit DescribeIPTransitDatacenters DescribeIPTransitTraffic DescribeIPTransits
    InquiryCreateIPTransitPrice ModifyIPTransitBandwidth ModifyIPTransitsAttribute
  `,
  maintenance: 'DescribeMaintenanceAlerts',
  mcpgw: 'DescribeMcpMonthlyBilling',
  pvtdns: `
    AddPrivateZone AddPrivateZoneRecord BindPrivateZoneVpc DeletePrivateZone DeletePrivateZoneRecord
    DescribePrivateZoneRecords DescribePrivateZones ModifyPrivateZone ModifyPrivateZoneRecord
    ModifyPrivateZoneRecordsStatus UnbindPrivateZoneVpc
  `,
  sdn: `
    AddCloudRouterEdgePoints CreateCloudRouter CreatePort CreatePrivateConnect DeleteCloudRouter
    DeleteCloudRouterEdgePoint DeletePrivateConnect DescribeAWSRegions DescribeAWSVlanUsage
    DescribeAliCloudRegions DescribeAliCloudVlanUsage DescribeAzureRegions DescribeAzureVlanUsage
    DescribeBorderGatewayDatacenters DescribeCloudAvailableBandwidthTiers DescribeCloudRouterAvailablePorts
    DescribeCloudRouterAvailableVpcs DescribeCloudRouterDCToDCTraffic DescribeCloudRouterEdgePointTraffic
    DescribeCloudRouters DescribeDataCenterPortPrice DescribeDatacenters DescribeDatacentersWithService
    DescribeGoogleRegions DescribeGoogleVlanUsage DescribeOracleRegions DescribeOracleVlanUsage
    DescribePortTraffic DescribePortUsableVlan DescribePorts DescribePrivateConnectAvailablePorts
    DescribePrivateConnectTraffic DescribePrivateConnects DescribeTencentRegions DescribeTencentVlanUsage
    DescribeVPCDatacenters DescribeVirtualEdgeDatacenters DestroyCloudRouter DestroyPort DestroyPrivateConnect
    InquiryCreatePrivateConnectPrice ModifyCloudBandwidth ModifyCloudRouterEdgePoint
    ModifyCloudRouterEdgePointBandwidth ModifyCloudRoutersAttribute ModifyPortAttribute
    ModifyPrivateConnectBandwidth ModifyPrivateConnectsAttribute QueryCloudOnrampPrice
    QueryCloudRouterBandwidthPrice QueryDataCenterPortPrice QueryDataCenterPortPrices
    QueryPrivateConnectBandwidthPrice QueryPrivateConnectPrice RenewCloudRouter RenewPort RenewPrivateConnect
    TerminatePort
  `,
  traffic: `
    CreateBandwidthCluster DeleteBandwidthClusters DescribeBandwidthClusterAreas DescribeBandwidthClusterResources
    DescribeBandwidthClusterTraffic DescribeBandwidthClusterUsage DescribeBandwidthClusters
    InquiryBandwidthClusterPrice MigrateBandwidthClusterResources ModifyBandwidthClusterAttribute
    UpdateBandwidthClusterCommitBandwidth
  `,
  vm: `
    AssociateSecurityGroupInstance AttachDisks AuthorizeSecurityGroupRule AuthorizeSecurityGroupRules
    CancelInstanceBandwidthDowngrade CancelInstanceDowngrade CancelInstanceTrafficPackageDowngrade
    ChangeDisksAttach ConfigureSecurityGroupRules CreateDisks CreateImage CreateInstances CreateSecurityGroup
    CreateSubnet CreateVpc CreateVpcSubnet DeleteImages DeleteKeyPairs DeleteSecurityGroup DeleteSubnet DeleteVpc
    DeleteVpcSubnet DescribeDiskCategory DescribeDisks DescribeImage DescribeImageQuota DescribeImages
    DescribeInstanceAvailableSecurityGroupResources DescribeInstanceCpuMonitor DescribeInstanceInternetStatus
    DescribeInstanceTraffic DescribeInstanceTypeStatus DescribeInstances DescribeInstancesStatus DescribeKeyPairs
    DescribeSecurityGroups DescribeSubnets DescribeVmInventoryCapacity DescribeVncUrl DescribeVpcSubnets
    DescribeVpcs DescribeZoneInstanceConfigInfos DescribeZones DetachDisks ImportKeyPair InquiryPriceCreateDisks
    InquiryPriceCreateInstance InquiryPriceInstanceBandwidth InquiryPriceInstanceTrafficPackage
    ModifyDisksAttributes ModifyDisksResourceGroup ModifyImagesAttributes ModifyInstanceBandwidth
    ModifyInstanceTrafficPackage ModifyInstanceType ModifyInstancesAttribute ModifyInstancesResourceGroup
    ModifyKeyPairAttribute ModifySecurityGroupsAttribute ModifySubnetsAttribute ModifyVpcSubnetsAttribute
    ModifyVpcsAttribute RebootInstances ReleaseDisk ReleaseInstances RenewDisk ResetInstance
    ResetInstancesPassword ResizeDisk RevokeSecurityGroupRules StartInstances StopInstances TerminateDisk
    TerminateInstance UnAssociateSecurityGroupInstance
  `,
  zbc: `
    DescribeBillDetail DescribeCustomerBalance DescribeMonthlyBillSummary DescribeRechargeRefundHistory
    DescribeTransactionHistory
  `,
  zdns: `
    AddPrivateZone AddPrivateZoneRecord BindPrivateZoneVpc DeletePrivateZone DeletePrivateZoneRecord
    DescribePrivateZoneRecords DescribePrivateZones ModifyPrivateZone ModifyPrivateZoneRecord
    ModifyPrivateZoneRecordsStatus UnbindPrivateZoneVpc
  `,
  zga: `
    CloseAcceleratorAccessControl CreateAccelerator CreateCertificate DeleteAccelerator DeleteCertificate
    DescribeAccelerateRegions DescribeAcceleratorLogs DescribeAcceleratorMetrics DescribeAcceleratorTraffic
    DescribeAccelerators DescribeAcceleratorsAlerts DescribeCertificates DescribeOriginRegions DescribeStatusCode
    DescribeTraffic ModifyAcceleratorAccRegion ModifyAcceleratorAccessControl ModifyAcceleratorCertificate
    ModifyAcceleratorDomain ModifyAcceleratorHealthCheck ModifyAcceleratorName ModifyAcceleratorOrigin
    ModifyAcceleratorProtocolOpts ModifyAcceleratorRule ModifyCertificate OpenAcceleratorAccessControl
    PauseAccelerator RedeployAccelerator StartAccelerator
  `,
  zlb: `
    AddLoadBalancersPrivateIps CreateListener CreateLoadBalancer DeleteListener DeleteLoadBalancersPrivateIps
    DeregisterBackend DescribeBackendHealth DescribeBackends DescribeListeners DescribeLoadBalancerMonitorData
    DescribeLoadBalancerRegions DescribeLoadBalancers InquiryPriceCreateLoadBalancer ModifyBackend ModifyListener
    ModifyLoadBalancersAttribute RegisterBackend RestoreLoadBalancer SetSecurityGroupForLoadBalancers
    TerminateLoadBalancer UnbindSecurityGroupFromLoadBalancers
  `,
  zls: 'DescribeLogs',
  zos: 'CreateCommand DeleteCommand DescribeCommandInvocations DescribeCommands InvokeCommand ModifyCommand'
} as const satisfies Readonly<Record<string, string>>

/** Whether the cloud has this service, and nothing of it is served. */
export function isOtherService(service: string): boolean {
  return Object.hasOwn(OTHER_SERVICES, service)
}
/** Such services that have this action. */
export function otherServicesWith(action: string): readonly string[] {
  return Object.entries(OTHER_SERVICES).flatMap(([name, actions]) => (wordsOf(actions).includes(action) ? [name] : []))
}
