import { didYouMean } from '../../support/nearest.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** The kinds of each group of Kubernetes itself, in any of its versions. https://kubernetes.io/docs/reference/kubernetes-api/ */
const kindsOfGroups: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '',
    words(
      'Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount Status',
    ),
  ],
  ['apps', words('ControllerRevision DaemonSet Deployment ReplicaSet Scale StatefulSet')],
  ['batch', words('CronJob Job')],
  ['autoscaling', words('HorizontalPodAutoscaler Scale')],
  ['policy', words('Eviction PodDisruptionBudget PodSecurityPolicy')],
  [
    'extensions',
    words('DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet Scale'),
  ],
  [
    'networking.k8s.io',
    words('ClusterCIDR IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR'),
  ],
  ['rbac.authorization.k8s.io', words('ClusterRole ClusterRoleBinding Role RoleBinding')],
  [
    'storage.k8s.io',
    words(
      'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
    ),
  ],
  ['scheduling.k8s.io', words('PodGroup PriorityClass Workload')],
  ['coordination.k8s.io', words('Lease LeaseCandidate')],
  ['discovery.k8s.io', words('EndpointSlice')],
  ['events.k8s.io', words('Event')],
  ['node.k8s.io', words('RuntimeClass')],
  [
    'certificates.k8s.io',
    words('CertificateSigningRequest ClusterTrustBundle PodCertificateRequest'),
  ],
  [
    'admissionregistration.k8s.io',
    words(
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
    ),
  ],
  ['apiextensions.k8s.io', words('CustomResourceDefinition')],
  ['apiregistration.k8s.io', words('APIService')],
  ['flowcontrol.apiserver.k8s.io', words('FlowSchema PriorityLevelConfiguration')],
]);
const groupsOfKinds = new Map<string, string[]>();
for (const [group, kinds] of kindsOfGroups)
  for (const kind of kinds) groupsOfKinds.set(kind, [...(groupsOfKinds.get(kind) ?? []), group]);

/** The group of an `apiVersion`; that of the core is empty. */
const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join('/');

/** Whether an object is one of Kubernetes itself, and none of another maker that is called the same. */
export const isOfKubernetesItself = ({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): boolean => kindsOfGroups.get(groupOf(apiVersion))?.includes(kind) ?? false;

/** `apps`, or `v1`, which names none. */
const shown = (group: string): string => (group === '' ? 'v1' : group);

/** Why Kubernetes knows no object of this kind; `undefined` for what it knows, and for what others define. */
export const whyNoKind = (apiVersion: string, kind: string): string | undefined => {
  const group = groupOf(apiVersion);
  const own = kindsOfGroups.get(group);
  const elsewhere = groupsOfKinds.get(kind);
  if (own === undefined) {
    // What others define may be called the same, in a group of theirs.
    if (!elsewhere) return undefined;
    const near = didYouMean(
      group,
      elsewhere.filter((one) => one !== ''),
      '',
    );
    if (near === '' && group.includes('.')) return undefined;
    return `Kubernetes has no group ${group}; ${near || `${kind} is of ${elsewhere.map(shown).join(', ')}`}`;
  }
  if (own.includes(kind) || kind.endsWith('List')) return undefined;
  const where = elsewhere && `it is of ${elsewhere.map(shown).join(', ')}`;
  const hint = where ?? didYouMean(kind, own, 'the version may be newer than what is known here');
  return `Kubernetes has no ${kind} in ${apiVersion}; ${hint}`;
};
