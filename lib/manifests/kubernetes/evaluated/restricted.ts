import { integer } from '../../../model/parameters.ts';
import { firstSet } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { setting } from '../../model/repair.ts';
import { inherited, places } from '../pod.ts';
import { podSecurity, resources, securityContext, serviceAccounts } from './pages.ts';

const standard = (policy: string) => ({ 'pss-restricted': [policy] });
const profiles = ['RuntimeDefault', 'Localhost'];
/** A path of the node is another control's. */
const volumes = [
  'hostPath',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** The level restricted, beside what is asked of any container, and what goes with it. */
export const restricted: readonly ManifestControl[] = [
  defineManifestControl('podContainer', {
    id: 'PL.K8S.9',
    title: 'Containers have a profile of seccomp',
    severity: 'MEDIUM',
    rationale: 'Without seccomp a container may make every call of the kernel.',
    standards: {
      ...standard('Seccomp'),
      'cis-kubernetes-1.9.0': ['5.7.2'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: hardening applications'],
    },
    evaluate(one) {
      if (one.pod.os === 'windows') return notApplicable('Windows has no seccomp');
      const all = places(one, 'seccompProfile', 'type');
      const strange = all.filter((said) => said.isSet && !profiles.includes(said.text() ?? ''));
      const none = all.every(({ isSet }) => !isSet) ? all.slice(-1) : [];
      return departures([
        ...strange.map((said) => fault(said, profiles, `its profile of seccomp is ${said.text()}`)),
        ...none.map((said) => fault(said, profiles, 'it has no profile of seccomp')),
      ]);
    },
    repair: (_, faults) =>
      setting(
        faults.map(({ said }) => said),
        'RuntimeDefault',
        'sets the profile of seccomp RuntimeDefault',
      ),
    remediation: {
      advice: 'Set seccompProfile: { type: RuntimeDefault } in the securityContext of the pod.',
      url: podSecurity,
    },
  }),
  defineManifestControl('pod', {
    id: 'PL.K8S.10',
    title: 'Pods have volumes of harmless kinds only',
    severity: 'LOW',
    rationale:
      'Other kinds reach a node or a server by themselves; claims leave that to who runs the cluster.',
    standards: standard('Volume Types'),
    evaluate: ({ spec }) =>
      departures(
        spec
          .get('volumes')
          .items()
          // A volume that names no kind is an emptyDir.
          .flatMap((volume) =>
            volume.keys
              .filter((key) => key !== 'name')
              .map((key) => [key, volume.get(key)] as const),
          )
          .filter(([key, said]) => said.isSet && !volumes.includes(key))
          .map(([key, said]) =>
            fault(said, volumes.slice(1), `it has a volume of the kind ${key}`),
          ),
      ),
    remediation: { advice: 'Use a PersistentVolumeClaim.', url: podSecurity },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.11',
    title: 'Containers are held to a user other than root',
    severity: 'MEDIUM',
    rationale: 'Only runAsNonRoot has the node refuse an image that would be root.',
    standards: { ...standard('Running as Non-root'), 'cis-kubernetes-1.9.0': ['5.2.7'] },
    evaluate(one) {
      const [own, ofPod] = places(one, 'runAsNonRoot');
      const released = places(one, 'runAsNonRoot').filter((said) => said.flag() === false);
      const isHeld = own?.isSet ? own.flag() === true : ofPod?.flag() === true;
      const open = released.length > 0 ? released : isHeld ? [] : [inherited(one, 'runAsNonRoot')];
      return departures(
        open.map((said) =>
          fault(said, true, 'runAsNonRoot is not true, so that it may run as root'),
        ),
      );
    },
    repair: (one, faults) => {
      const fields = faults.map(({ said }) => said);
      const users = places(one, 'runAsUser').filter(({ isSet }) => isSet);
      const isKnown = users.length > 0 && users.every((user) => (user.number() ?? 0) > 0);
      return isKnown || one.pod.os === 'windows'
        ? setting(fields, true, 'sets runAsNonRoot: true')
        : {
            ...setting(fields, true, 'sets runAsNonRoot: true'),
            proposal: 'it does not start where its image is of root, and no file says its user',
          };
    },
    remediation: {
      advice: 'Set runAsNonRoot: true in the securityContext of the pod.',
      url: podSecurity,
    },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.12',
    title: 'The user of a container is given by its number',
    severity: 'LOW',
    rationale: 'A name in the image says nothing about who that is on the node.',
    standards: {},
    parameters: { minimum: integer({ default: 1, min: 1, max: 2_147_483_647 }) },
    evaluate(one, { minimum }) {
      if (one.pod.os === 'windows') return notApplicable('users of Windows have names');
      const expected = `${minimum} or more`;
      const said = places(one, 'runAsUser').filter(({ isSet }) => isSet);
      if (said.length === 0)
        return departures([fault(inherited(one, 'runAsUser'), expected, 'runAsUser is not set')]);
      return departures(
        said
          .filter((user) => !((user.number() ?? 0) >= minimum))
          .map((user) => fault(user, expected, `runAsUser is ${user.text()}`)),
      );
    },
    repair: () => ({
      why: 'only you know a user that the image works for: runAsUser: <number>',
    }),
    remediation: {
      advice: 'Set runAsUser to a number that the image works with.',
      url: securityContext,
    },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.13',
    title: 'Containers ask for memory and processors',
    severity: 'LOW',
    rationale:
      'A container that asks for nothing is put where there is nothing left, and ended first.',
    standards: {
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: resource policies'],
    },
    evaluate: ({ field, pod, ranges }) =>
      departures(
        ['memory', 'cpu']
          // Where only a limit is said, Kubernetes takes that.
          .filter(
            (name) =>
              ![field, pod.spec].some((one) =>
                ['requests', 'limits'].some((kind) => one.get('resources', kind, name).isSet),
              ) &&
              !ranges.some((one) =>
                ['defaultRequest', 'default'].some((kind) => one.get(kind, name).isSet),
              ),
          )
          .map((name) =>
            fault(field.get('resources', 'requests', name), 'a request', `it requests no ${name}`),
          ),
      ),
    repair: (_, faults) => ({
      why: `only you know what it usually takes: ${faults.map(({ said }) => `requests.${said.at.at(-1)}: <amount>`).join(', ')}`,
    }),
    remediation: { advice: 'Set resources.requests to what it usually takes.', url: resources },
  }),
  defineManifestControl('pod', {
    id: 'PL.K8S.14',
    title: 'Pods have no token of the cluster that they do not need',
    severity: 'MEDIUM',
    rationale: 'Whoever breaks into the pod speaks to the cluster with its token.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.1.6'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: service account tokens'],
    },
    evaluate: ({ token }) =>
      departures(
        token.flag() === false
          ? []
          : [fault(token, false, 'the token of its service account is mounted')],
      ),
    repair: ({ spec }, faults) => {
      const fixed = setting(
        faults.map(({ said }) => said),
        false,
        'sets automountServiceAccountToken: false',
      );
      const account = firstSet(spec.get('serviceAccountName'), spec.get('serviceAccount')).text();
      return account === undefined || account === 'default'
        ? fixed
        : {
            ...fixed,
            proposal: `it has the service account ${account}, which it may speak to the cluster with`,
          };
    },
    remediation: {
      advice:
        'Set automountServiceAccountToken: false in the pod or in its ServiceAccount; exempt what has to speak to the cluster.',
      url: serviceAccounts,
    },
  }),
];
