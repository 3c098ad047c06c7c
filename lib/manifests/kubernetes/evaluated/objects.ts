import { oneOf } from '../../../model/parameters.ts';
import { isPutInLater, isSecret, secretsAssignedIn } from '../../../support/secrets/secret.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { setting } from '../../model/repair.ts';
import { admission, secrets } from './pages.ts';

const hidden = (one: Fault): Fault => ({ ...one, isSecret: true });
const level = 'pod-security.kubernetes.io/enforce';
const levels: readonly string[] = ['privileged', 'baseline', 'restricted'];
const ofTheCluster: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

/** Secrets in files, and what namespaces ask of their pods. */
export const objects: readonly ManifestControl[] = [
  defineManifestControl('values', {
    id: 'PL.K8S.29',
    title: 'No Secret stands in a file in plain text',
    severity: 'HIGH',
    findsSecrets: true,
    rationale: 'Base64 is no encryption: whoever reads the file or its history has the secret.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.4.1'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: secrets'],
    },
    evaluate({ kind, root, isLive }) {
      if (kind !== 'Secret') return notApplicable('it is no Secret');
      if (isLive) return notApplicable('it is of a cluster, and no file');
      // What SOPS has encrypted says so itself: https://getsops.io/docs/
      const isSops = root.get('sops').isSet;
      const isClosed = (text: string) =>
        text === '' || isPutInLater(text) || (isSops && /^ENC\[[^\]]*\]$/.test(text));
      return departures(
        ['data', 'stringData'].flatMap((part) =>
          root
            .get(part)
            .entries()
            .filter(([, said]) => !isClosed((said.text() ?? '').trim()))
            .map(([key, said]) => hidden(fault(said, 'encrypted', `${key} is in plain text`))),
        ),
      );
    },
    remediation: {
      advice:
        'Let a controller bring it from a store of secrets, or encrypt the file. Then change it: it was read.',
      url: secrets,
    },
  }),
  defineManifestControl('values', {
    id: 'PL.K8S.30',
    title: 'No ConfigMap holds a secret',
    severity: 'HIGH',
    findsSecrets: true,
    rationale: 'Whoever may see how something is set up may read it.',
    standards: { 'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: secrets'] },
    evaluate: ({ kind, root }) =>
      kind === 'ConfigMap'
        ? departures(
            root
              .get('data')
              .entries()
              .flatMap(([key, said]) => {
                const text = said.text() ?? '';
                const names = isSecret(key, text) ? [key] : secretsAssignedIn(text);
                return names.map((name) =>
                  hidden(fault(said, 'a Secret', `${name} holds a secret`)),
                );
              }),
          )
        : notApplicable('it is no ConfigMap'),
    remediation: { advice: 'Move it to a Secret, and change it: it was read.', url: secrets },
  }),
  defineManifestControl('namespace', {
    id: 'PL.K8S.31',
    title: 'Namespaces have the cluster hold their pods to a standard',
    severity: 'MEDIUM',
    rationale: 'Without the label the cluster takes privileged pods, whoever makes them.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.2.1'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: enforcement'],
    },
    parameters: { level: oneOf({ default: 'baseline', values: ['baseline', 'restricted'] }) },
    evaluate({ name, root }, { level: asked }) {
      if (ofTheCluster.has(name)) return notApplicable('it is of the cluster itself');
      const said = root.get('metadata', 'labels', level);
      const found = levels.indexOf(said.text() ?? '');
      const what = said.isSet
        ? `it enforces ${said.text()}`
        : 'it enforces no Pod Security Standard';
      return departures(
        found >= levels.indexOf(asked) ? [] : [fault(said, `${asked} or stricter`, what)],
      );
    },
    repair: (_, faults) => ({
      ...setting(
        faults.map(({ said }) => said),
        'restricted',
        `labels it ${level}: restricted`,
      ),
      proposal: 'the cluster then refuses pods that depart',
    }),
    remediation: { advice: `Label it ${level}: restricted, or baseline.`, url: admission },
  }),
];
