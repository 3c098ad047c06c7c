import { boolean } from '../../../model/parameters.ts';
import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { removing } from '../../model/repair.ts';
import { type Direction, deniesAll, directionsOf } from '../namespaces.ts';
import { ingress, networkPolicies, services } from './pages.ts';

const wholeNamespace = boolean({ default: false });

const defaultDeny = (
  id: `PL.K8S.${number}`,
  direction: Direction,
  title: string,
  rationale: string,
) =>
  defineManifestControl('namespaceTraffic', {
    id,
    title,
    severity: 'MEDIUM',
    rationale,
    standards: {
      'cis-kubernetes-1.9.0': ['5.3.2'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: network policies'],
    },
    parameters: { wholeNamespace },
    evaluate({ place, policies }, { wholeNamespace: isWhole }) {
      if (policies.some((policy) => deniesAll(policy, direction))) return departures([]);
      if (!isWhole)
        return notApplicable(
          'other files may have its policies: set the parameter wholeNamespace where these files are all',
        );
      const what = `no policy of the namespace denies all ${direction}`;
      return departures([fault(place, 'a NetworkPolicy', what)]);
    },
    remediation: {
      advice: `Add a NetworkPolicy with podSelector: {}, policyTypes: [${direction === 'ingress' ? 'Ingress' : 'Egress'}] and no rules; then one for each way that is needed.`,
      url: networkPolicies,
    },
  });

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
/** Where a rule names a peer: none means everybody. */
const peers = { ingress: 'from', egress: 'to' } as const;

/** The places where rules of a direction let everybody in. */
const openings = (spec: Field, direction: Direction): readonly Field[] =>
  spec
    .get(direction)
    .items()
    .flatMap((rule) => {
      const all = rule.get(peers[direction]);
      if (all.items().length === 0) return [rule];
      return all
        .items()
        .map((peer) => peer.get('ipBlock', 'cidr'))
        .filter((cidr) => everywhere.has(cidr.text() ?? ''));
    });

/** Hosts that a certificate is named for; `undefined` where one is for all. */
const certified = (spec: Field): ReadonlySet<string> | undefined => {
  const hosts = spec
    .get('tls')
    .items()
    .map((one) => one.get('hosts').texts());
  return hosts.some((names) => names.length === 0) ? undefined : new Set(hosts.flat());
};
const isCertified = (host: string, hosts: ReadonlySet<string>): boolean =>
  hosts.has(host) || hosts.has(host.replace(/^[^.]+/, '*'));

/** The AWS Load Balancer Controller takes certificates from here. */
const byLoadBalancer = (annotations: Field): boolean =>
  annotations.get('alb.ingress.kubernetes.io/certificate-arn').isSet ||
  /HTTPS/.test(annotations.get('alb.ingress.kubernetes.io/listen-ports').text() ?? '');

/** Traffic into pods and out of them. */
export const network: readonly ManifestControl[] = [
  defaultDeny(
    'PL.K8S.17',
    'ingress',
    'Namespaces let nothing in that no policy names',
    'Without a policy every pod of the cluster reaches every other.',
  ),
  defaultDeny(
    'PL.K8S.18',
    'egress',
    'Namespaces let nothing out that no policy names',
    'Without a policy whoever breaks in reaches the internet and the metadata of the node.',
  ),
  defineManifestControl('networkPolicy', {
    id: 'PL.K8S.19',
    title: 'No network policy lets everybody in',
    severity: 'MEDIUM',
    rationale: 'A rule without a peer takes back what all other policies deny.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.3.2'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: network policies'],
    },
    evaluate(policy) {
      if (!directionsOf(policy).includes('ingress')) return departures([]);
      return departures(
        openings(policy.root.get('spec'), 'ingress').map((said) =>
          fault(said, 'peers', 'a rule lets everybody in'),
        ),
      );
    },
    remediation: {
      advice:
        'Name the pods, namespaces or addresses in from; exempt what the internet is to reach.',
      url: networkPolicies,
    },
  }),
  defineManifestControl('ingress', {
    id: 'PL.K8S.20',
    title: 'Every host of an Ingress has a certificate',
    severity: 'MEDIUM',
    rationale: 'Without TLS anybody on the way reads and changes what is said.',
    standards: {
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: encryption in transit'],
    },
    evaluate({ root }) {
      const spec = root.get('spec');
      if (byLoadBalancer(root.get('metadata', 'annotations'))) return departures([]);
      if (spec.get('tls').items().length === 0)
        return departures([fault(spec.get('tls'), 'a certificate', 'it has no TLS')]);
      const hosts = certified(spec);
      return departures(
        hosts === undefined
          ? []
          : spec
              .get('rules')
              .items()
              .map((rule) => rule.get('host'))
              .filter((host) => host.isSet && !isCertified(host.text() ?? '', hosts))
              .map((host) =>
                fault(host, 'among the hosts of tls', `${host.text()} has no certificate`),
              ),
      );
    },
    remediation: {
      advice: 'Name the host and the secret of its certificate in tls.',
      url: ingress,
    },
  }),
  defineManifestControl('service', {
    id: 'PL.K8S.21',
    title: 'No Service claims external addresses',
    severity: 'HIGH',
    rationale: 'With externalIPs a Service takes what others send to that address.',
    standards: {},
    evaluate: ({ root }) =>
      departures(
        root
          .get('spec', 'externalIPs')
          .items()
          .map((said) => fault(said, 'none', `it claims the external address ${said.text()}`)),
      ),
    repair: ({ root }) => removing([root.get('spec', 'externalIPs')], 'takes externalIPs out'),
    remediation: {
      advice: 'Use a Service of the type LoadBalancer, or an Ingress.',
      url: services,
    },
  }),
];
