import type { Document, Path } from '../../templates/document/document.ts';
import type { NamespaceTraffic } from '../kubernetes/namespaces.ts';
import type { KubernetesObject, PlacedPod, PodContainer } from '../kubernetes/pod.ts';
import type { ComposeService } from './compose-service.ts';
import type { Container, Workload } from './container.ts';
import type { DockerImage, DockerStage } from './dockerfile.ts';

/** What controls on manifests evaluate, by its kind. */
export interface Models {
  /** A container, whatever declares it. */
  readonly container: Container;
  /** Containers that are started together, whatever declares them. */
  readonly workload: Workload;
  /** A service of compose. */
  readonly composeService: ComposeService;
  /** A stage of a Dockerfile. */
  readonly dockerStage: DockerStage;
  /** The image that a Dockerfile makes. */
  readonly dockerImage: DockerImage;
  /** A container as Kubernetes alone declares it. */
  readonly podContainer: PodContainer;
  readonly pod: PlacedPod;
  /** A Role or ClusterRole. */
  readonly role: KubernetesObject;
  /** A RoleBinding or ClusterRoleBinding. */
  readonly binding: KubernetesObject;
  readonly ingress: KubernetesObject;
  readonly service: KubernetesObject;
  /** A Secret or ConfigMap. */
  readonly values: KubernetesObject;
  readonly namespace: KubernetesObject;
  readonly networkPolicy: KubernetesObject;
  /** What the policies of a namespace that has pods let through. */
  readonly namespaceTraffic: NamespaceTraffic;
}
export type Kind = keyof Models;
/** What each kind is called. */
export const kinds: { readonly [K in Kind]: string } = {
  container: 'containers of Kubernetes, compose and ECS',
  workload: 'pods, services of compose, task definitions of ECS, PersistentVolume',
  composeService: 'services of compose',
  dockerStage: 'stages of Dockerfiles',
  dockerImage: 'images of Dockerfiles',
  podContainer: 'containers of Kubernetes',
  pod: 'pods and what makes them',
  role: 'Role, ClusterRole',
  binding: 'RoleBinding, ClusterRoleBinding',
  ingress: 'Ingress',
  service: 'Service',
  values: 'Secret, ConfigMap',
  namespace: 'Namespace',
  networkPolicy: 'NetworkPolicy',
  namespaceTraffic: 'namespaces with pods',
};

/** Something that a manifest declares. */
export interface Subject {
  /** As exemptions name it: `Deployment/shop/web/app`. */
  readonly name: string;
  /** What it is, as people call it: `Deployment`, or `service of compose`. */
  readonly type: string;
  readonly document: Document;
  readonly at: Path;
  /** What of it is evaluated: a container of Kubernetes is one for the controls of both. */
  readonly models: Partial<Models>;
  /** The same without what is not known: what departs in it departs whatever the rest turns out to be. */
  readonly known?: Partial<Models>;
  /** Exemptions stand inside of this; of a container the object that declares it. */
  readonly within: Path;
  /** Exemptions in what the format has for remarks, one a line: `PL.K8S.1 reason`. */
  readonly remarks: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** How somebody outside reaches it, as a part of a sentence. */
  readonly exposed: string | undefined;
}
