import type { Provider, Route } from '../../provider.ts'

// What BCC has and this emulator has not: names and addresses, of the Go SDK 0.9.277 and, for clusters, the Python SDK, so
// that a hint can say "known, not emulated", and none of them is taken for something else: without this, `?toPrepay` would
// release an instance.

const INSTANCES = `
  CreateDeploySet POST /v2/instance/deployset/create
  ListDeploySets GET /v2/instance/deployset/list
  ModifyDeploySet PUT /v2/instance/deployset/:id?modifyAttribute
  DeleteDeploySet DELETE /v2/instance/deployset/:id
  UpdateInstanceDeploy POST /v2/instance/deployset/updateRelation
  DelInstanceDeploy POST /v2/instance/deployset/delRelation
  BatchRefundResource POST /v2/instance/batchRefundResource
  CreateInstanceByLabel POST /v2/instanceByLabel
  CreateInstanceV3 POST /v3/instance
  ListRecycleInstances POST /v2/recycle/instance
  ListServersByMarkerV3 POST /v3/instance/list
  DeleteInstanceIngorePayment POST /v2/instance/delete
  DeleteRecycledInstance DELETE /v2/recycle/instance/:id
  AutoReleaseInstance PUT /v2/instance/:id?autorelease
  ResizeInstance PUT /v2/instance/:id?resize
  RebuildInstance PUT /v2/instance/:id?rebuild
  BatchRebootInstance PUT /v2/instance/batchAction?reboot
  RecoveryInstance POST /v2/instance/recovery
  ChangeInstancePass PUT /v2/instance/:id?changePass
  ModifyDeletionProtection PUT /v2/instance/:id/deletionProtection
  ModifyRelatedDeletePolicy PUT /v2/instance/:id/modifyRelatedDeletePolicy
  ModifyInstanceAttribute PUT /v2/instance/:id?modifyAttribute
  ModifyInstanceDesc PUT /v2/instance/:id?modifyDesc
  ModifyInstanceHostname PUT /v2/instance/:id?changeHostname
  BindSecurityGroup PUT /v2/instance/:id?bind
  UnBindSecurityGroup PUT /v2/instance/:id?unbind
  GetInstanceVNC GET /v2/instance/:id/vnc
  InstancePurchaseReserved PUT /v2/instance/:id?purchaseReserved
  BatchAddIp PUT /v2/instance/batchAddIp
  BatchDelIp PUT /v2/instance/batchDelIp
  ResizeInstanceBySpec PUT /v2/instanceBySpec/:id?resize
  BatchRebuildInstances PUT /v2/instance/rebuild
  ChangeToPrepaid POST /v2/instance/:id?toPrepay
  BindInstanceToTags PUT /v2/instance/:id/tag?bind
  UnBindInstanceToTags PUT /v2/instance/:id/tag?unbind
  GetInstanceNoChargeList GET /v2/instance/noCharge
  CreateBidInstance POST /v2/instance/bid
  CancelBidOrder POST /v2/instance/cancelBidOrder
  GetBidInstancePrice POST /v2/instance/bidPrice
  ListBidFlavor POST /v2/instance/bidFlavor
  GetInstanceResizeStock POST /v2/instance/stock/resizeInstance
  GetAllStocks GET /v2/instance/getAllStocks
  GetStockWithDeploySet POST /v2/instance/getStockWithDeploySet
  GetAvailableStockWithSpec POST /v2/instance/getAvailableStockWithSpec
  GetSortedInstFlavors POST /v2/instance/stock/getSortedInstFlavors
  GetInstOccupyStocksOfVm POST /v2/instance/stock/getInstOccupyStocksOfVM
  GetStockWithSpec POST /v2/instance/getStockWithSpec
  GetInstanceCreateStock POST /v2/instance/stock/createInstance
  BatchCreateAutoRenewRules POST /v2/instance/batchCreateAutoRenewRules
  BatchDeleteAutoRenewRules POST /v2/instance/batchDeleteAutoRenewRules
  ListInstanceByInstanceIds POST /v2/instance/listByInstanceId
  BatchDeleteInstanceWithRelatedResource POST /v2/instance/batchDelete
  BatchStartInstance PUT /v2/instance/batchAction?start
  BatchStopInstance PUT /v2/instance/batchAction?stop
  ListInstanceTypes GET /v2/instance/types
  ListIdMappings POST /v2/instance/id/mapping
  BatchResizeInstance PUT /v2/instanceBatchBySpec?resize
  ListAvailableResizeSpecs POST /v2/instance?resizeList
  BatchChangeInstanceToPrepay POST /v2/instance/batch/charging?toPrepay
  BatchChangeInstanceToPostpay POST /v2/instance/batch/charging?toPostpay
  ListInstanceRoles GET /v2/instance/role/list
  BindInstanceRole POST /v2/instance/role?bind
  UnBindInstanceRole POST /v2/instance/role?unbind
  DeleteIpv6 POST /v2/instance/delIpv6
  AddIpv6 POST /v2/instance/addIpv6
  TransferReservedInstanceOrder POST /v2/instance/reserved/transfer/create
  RevokeTransferReservedInstanceOrder POST /v2/instance/reserved/transfer/revoke
  RefuseTransferReservedInstanceOrder POST /v2/instance/reserved/transfer/refuse
  AcceptTransferReservedInstanceOrder POST /v2/instance/reserved/transfer/accept
  TransferInReservedInstanceOrders POST /v2/instance/reserved/transfer/in/list
  TransferOutReservedInstanceOrders POST /v2/instance/reserved/transfer/out/list
  CreateEhcCluster POST /v2/instance/ehc/cluster/create
  EhcClusterList POST /v2/instance/ehc/cluster/list
  EhcClusterModify POST /v2/instance/ehc/cluster/modify
  EhcClusterDelete POST /v2/instance/ehc/cluster/delete
  GetInstanceUserDataAttr POST /v2/instance/attribute/getUserdata
  EnterRescueMode PUT /v2/instance/rescue/mode/enter
  ExitRescueMode PUT /v2/instance/rescue/mode/exit
  GetDiagnosticSchemas GET /v2/instance/diagnosticReport/schemas
  ListDiagnosticReport POST /v2/instance/diagnosticReport/list
  CreateDiagnostic POST /v2/instance/diagnosticReport/create
  DeleteDiagnosticReport POST /v2/instance/diagnosticReport/delete
  GetPriceBySpec POST /v2/instance/price
  ListTypeZones GET /v1/instance/flavorZones
  BindReservedInstanceToTags PUT /v2/bcc/reserved/tag?bind
  UnbindReservedInstanceFromTags PUT /v2/bcc/reserved/tag?unbind
  CreateReservedInstance POST /v2/instance/reserved/create
  ModifyReservedInstances PUT /v2/instance/reserved/modify
  ListReservedInstances POST /v2/instance/reserved/list
  RenewReservedInstances POST /v2/instance/reserved/renew
`
const CLUSTERS = `
  CreateVolumeCluster POST /v2/volume/cluster
  ListVolumeClusters GET /v2/volume/cluster
  GetVolumeCluster GET /v2/volume/cluster/:id
  ResizeVolumeCluster PUT /v2/volume/cluster/:id?resize
  PurchaseReservedVolumeCluster PUT /v2/volume/cluster/:id?purchaseReserved
  AutoRenewVolumeCluster POST /v2/volume/cluster/autoRenew
  CancelAutoRenewVolumeCluster POST /v2/volume/cluster/cancelAutoRenew
  BindTagVolumeCluster PUT /v2/volume/cluster/:id/tag?bind
  UnbindTagVolumeCluster PUT /v2/volume/cluster/:id/tag?unbind
`
const OTHERS = `
  GetDeploySet GET /v2/deployset/:id
  CreateImage POST /v2/image
  GetImageDetail GET /v2/image/:id
  DeleteImage DELETE /v2/image/:id
  RenameImage PUT /v2/image/rename
  RemoteCopyImage POST /v2/image/:id?remoteCopy
  CancelRemoteCopyImage POST /v2/image/:id?cancelRemoteCopy
  ShareImage POST /v2/image/:id?share
  UnShareImage POST /v2/image/:id?unshare
  GetImageSharedUser GET /v2/image/:id/sharedUsers
  GetImageOS POST /v2/image/os
  BindImageToTags PUT /v2/image/:id/tag?bind
  UnBindImageToTags PUT /v2/image/:id/tag?unbind
  ImportCustomImage POST /v2/image/import
  GetAvailableImagesBySpec GET /v2/image/getAvailableImagesBySpec
  InstanceChangeSubnet PUT /v2/subnet/changeSubnet
  InstanceChangeVpc PUT /v2/vpc/changeVpc
  InstanceBindSecurityGroup PUT /v2/securitygroup/bind
  InstanceUnbindSecurityGroup PUT /v2/securitygroup/unbind
  InstanceReplaceSecurityGroup PUT /v2/securitygroup/replace
  CreateKeypair POST /v2/keypair?create
  ImportKeypair PUT /v2/keypair?import
  AttachKeypair PUT /v2/keypair/:id?attach
  DetachKeypair PUT /v2/keypair/:id?detach
  DeleteKeypair DELETE /v2/keypair/:id?delete
  GetKeypairDetail GET /v2/keypair/:id
  ListKeypairs GET /v2/keypair
  RenameKeypair PUT /v2/keypair/:id?rename
  UpdateKeypairDescription PUT /v2/keypair/:id?updateDesc
  ListInstanceEnis GET /v2/eni/:id
  CreateSecurityGroup POST /v2/securityGroup
  AuthorizeSecurityGroupRule PUT /v2/securityGroup/:id?authorizeRule
  RevokeSecurityGroupRule PUT /v2/securityGroup/:id?revokeRule
  DeleteSecurityGroup DELETE /v2/securityGroup/:id
  DeleteSecurityGroupRule DELETE /v2/securityGroup/rule
  UpdateSecurityGroupRule PUT /v2/securityGroup/rule
  GetSecurityGroupDetail GET /v2/securityGroup/:id
`

/** An operation that is known and not served, and where it lives. */
export interface KnownOperation {
  readonly name: string
  readonly route: Route
}

function known(lines: string): readonly KnownOperation[] {
  return [...lines.matchAll(/(\w+) (GET|POST|PUT|DELETE) ([^\s?]+)(?:\?(\w+))?/g)].map(
    ([, name = '', method, path = '', selector]) => ({
      name,
      route: { method: methodOf(method), path, selector }
    })
  )
}
function methodOf(word: string | undefined): Route['method'] {
  return word === 'GET' || word === 'PUT' || word === 'DELETE' ? word : 'POST'
}

/** What the specification leaves out and its clients have. */
export const notServed: Provider['notServed'] = known(CLUSTERS).map(({ name }) => ({
  name,
  reason: 'Dedicated clusters are out of scope; a volume shows the clusterId that it was created with.',
  source: 'Python, Java and Go V2 SDKs; baidu.md 3.2'
}))

/** These and all that the Go SDK has besides. */
export function knownOperations(): readonly KnownOperation[] {
  return [CLUSTERS, INSTANCES, OTHERS].flatMap(known)
}
