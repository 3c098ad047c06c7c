import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
} from '../../model/manifest-control.ts';
import { isOfKubernetesItself } from '../kinds.ts';
import { securityContext } from './pages.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const both =
  'appArmorProfile runAsGroup runAsNonRoot runAsUser seLinuxOptions seccompProfile windowsOptions';
/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#podsecuritycontext-v1-core */
const ofPod = words(
  `${both} fsGroup fsGroupChangePolicy seLinuxChangePolicy supplementalGroups supplementalGroupsPolicy sysctls`,
);
/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#securitycontext-v1-core */
const ofContainer = words(
  `${both} allowPrivilegeEscalation capabilities privileged procMount readOnlyRootFilesystem`,
);
/** What is a pod's own, beside its securityContext. */
const besidePod = words(
  'automountServiceAccountToken hostIPC hostNetwork hostPID hostUsers serviceAccountName shareProcessNamespace',
);

const whereTo = (key: string): string => {
  if (key === 'securityContext') return 'it belongs to the spec of the pod, or to a container';
  if (ofContainer.has(key)) return 'it belongs to the securityContext of a container';
  if (ofPod.has(key)) return 'it belongs to the securityContext of the pod';
  return besidePod.has(key) ? 'it belongs to the spec of the pod' : 'Kubernetes does not know it';
};
const unread = (place: Field, keys: readonly string[]): readonly Fault[] =>
  keys.map((key) =>
    fault(place.get(key), 'not there', `${key} has no effect here: ${whereTo(key)}`),
  );

const inContext = (context: Field, known: ReadonlySet<string>) =>
  unread(
    context,
    context.keys.filter((key) => !known.has(key)),
  );
const beside = (place: Field, isStrange: (key: string) => boolean) =>
  unread(place, place.keys.filter(isStrange));

const isOfContext = (key: string): boolean => ofPod.has(key) || ofContainer.has(key);

/** What is written for safety where nobody reads it. */
export const misplaced: readonly ManifestControl[] = [
  defineManifestControl('podContainer', {
    id: 'PL.K8S.15',
    title: 'Settings of a container stand where Kubernetes reads them',
    severity: 'MEDIUM',
    rationale: 'A setting in the wrong place looks like safety, and is none.',
    standards: {},
    evaluate: ({ field }) =>
      departures([
        ...inContext(field.get('securityContext'), ofContainer),
        ...beside(field, (key) => isOfContext(key) || besidePod.has(key)),
      ]),
    remediation: {
      advice: 'Move it to where the reason says that it counts.',
      url: securityContext,
    },
  }),
  defineManifestControl('pod', {
    id: 'PL.K8S.16',
    title: 'Settings of a pod stand where Kubernetes reads them',
    severity: 'MEDIUM',
    rationale: 'A setting in the wrong place looks like safety, and is none.',
    standards: {},
    evaluate({ object, spec }) {
      const outer = object.root.get('spec');
      // What others define may read there what Kubernetes does not.
      const isTemplate = isOfKubernetesItself(object) && outer.at.join() !== spec.at.join();
      return departures([
        ...inContext(spec.get('securityContext'), ofPod),
        ...beside(spec, isOfContext),
        ...(isTemplate
          ? beside(
              outer,
              (key) => key === 'securityContext' || isOfContext(key) || besidePod.has(key),
            )
          : []),
      ]);
    },
    remediation: {
      advice: 'Move it to where the reason says that it counts.',
      url: securityContext,
    },
  }),
];
