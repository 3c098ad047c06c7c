import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
} from '../../model/manifest-control.ts';
import type { KubernetesObject } from '../pod.ts';
import { rbac } from './pages.ts';

const rulesOf = ({ root }: KubernetesObject): readonly Field[] => root.get('rules').items();

/** A star before a subresource stands for every resource that has it. */
const isOfAll = (one: string, names: readonly string[]): boolean =>
  one.startsWith('*/') && names.some((name) => name.endsWith(one.slice(1)));

/** Whether a list of a rule has one of these, or takes all. */
const has = (rule: Field, key: string, ...names: readonly string[]): boolean =>
  rule
    .get(key)
    .texts()
    .some((one) => one === '*' || names.includes(one) || isOfAll(one, names));
const isOfCore = (rule: Field): boolean =>
  has(rule, 'apiGroups', '') || !rule.get('apiGroups').isSet;

/** What gives more than it says, as verbs on resources of a group. */
interface Power {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly what: string;
}
const powers: readonly Power[] = [
  {
    groups: [''],
    resources: ['pods'],
    verbs: ['create', 'update', 'patch'],
    what: 'makes or changes pods, with any secret and service account of the namespace',
  },
  ...[
    { groups: [''], resources: ['replicationcontrollers'] },
    {
      groups: ['apps', 'extensions'],
      resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'],
    },
    { groups: ['batch'], resources: ['jobs', 'cronjobs'] },
  ].map((makers) => ({
    ...makers,
    verbs: ['create', 'update', 'patch'],
    what: 'makes or changes what makes pods, with any secret and service account of the namespace',
  })),
  {
    groups: [''],
    resources: ['pods/exec', 'pods/attach'],
    verbs: ['create', 'get'],
    what: 'runs commands in pods',
  },
  {
    groups: [''],
    resources: ['pods/ephemeralcontainers'],
    verbs: ['update', 'patch'],
    what: 'puts containers into pods',
  },
  {
    groups: [''],
    resources: ['nodes/proxy'],
    verbs: ['get', 'create'],
    what: 'speaks to the kubelet',
  },
  {
    groups: [''],
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
    what: 'makes tokens of service accounts',
  },
  {
    groups: [''],
    resources: ['persistentvolumes'],
    verbs: ['create'],
    what: 'makes volumes of any path of a node',
  },
  {
    groups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    what: 'approves certificates',
  },
  {
    groups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
    verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    what: 'changes webhooks of admission',
  },
];

const powersIn = (rule: Field): readonly Fault[] =>
  powers
    .filter(
      ({ groups, resources, verbs }) =>
        has(rule, 'apiGroups', ...groups) &&
        has(rule, 'resources', ...resources) &&
        has(rule, 'verbs', ...verbs),
    )
    .map(({ what }) => fault(rule.get('resources'), 'not allowed', `it ${what}`));

/** Verbs that give more than they say, with what they are about. */
const ofRoles = { groups: ['rbac.authorization.k8s.io'], resources: ['roles', 'clusterroles'] };
const raising = [
  { verb: 'escalate', ...ofRoles },
  { verb: 'bind', ...ofRoles },
  { verb: 'impersonate', groups: [''], resources: ['users', 'groups', 'serviceaccounts'] },
  { verb: 'impersonate', groups: ['authentication.k8s.io'], resources: ['userextras', 'uids'] },
];
/** All verbs on roles are these, too; those of a group of metrics are no roles. */
const raisingIn = (rule: Field): readonly Fault[] =>
  rule
    .get('verbs')
    .items()
    .flatMap((said) => {
      const verb = said.text() ?? '';
      if (raising.some((one) => one.verb === verb))
        return [fault(said, 'not allowed', `it may ${verb}, which gives it other rights`)];
      const isOf = ({ groups }: { readonly groups: readonly string[] }): boolean =>
        has(rule, 'apiGroups', ...groups) || !rule.get('apiGroups').isSet;
      const all =
        verb === '*'
          ? raising.filter((one) => isOf(one) && has(rule, 'resources', ...one.resources))
          : [];
      return [...new Set(all.map((one) => one.verb))].map((one) =>
        fault(said, 'not allowed', `it may ${one}, which gives it other rights`),
      );
    });

const readsSecrets = (rule: Field): boolean =>
  isOfCore(rule) &&
  has(rule, 'resources', 'secrets') &&
  // Named secrets can be read and not listed.
  (has(rule, 'verbs', 'list', 'watch') ||
    (has(rule, 'verbs', 'get') && rule.get('resourceNames').items().length === 0));

const everybody: Readonly<Record<string, string>> = {
  'system:anonymous': 'anybody, also without logging in',
  'system:unauthenticated': 'anybody, also without logging in',
  'system:authenticated': 'everybody who is logged in',
  'system:serviceaccounts': 'every service account',
};
/** Roles that Kubernetes itself gives to everybody. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles */
const forEverybody: ReadonlySet<string> = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

const roleIn = ({ root }: KubernetesObject): string => root.get('roleRef', 'name').text() ?? '';
const subjectsIn = ({ root }: KubernetesObject): readonly Field[] => root.get('subjects').items();
const bound = {
  'cis-kubernetes-1.9.0': ['5.1.1'],
  'nsa-cisa-kubernetes-1.2': ['Authentication and authorization: role-based access control'],
};

const allNames = /^\*(?:\/\*)?$/;
/** What a star ends stands for whatever begins so. */
const allUrls = /^\/?\*+$/;

/** What a subject says of the default service account of a namespace: as an account, as its user, as a group that it is in. */
const defaultAccount = (subject: Field): string | undefined => {
  const name = subject.get('name').text() ?? '';
  switch (subject.get('kind').text()) {
    case 'ServiceAccount':
      return name === 'default' ? 'the default service account' : undefined;
    case 'User':
      return /^system:serviceaccount:[^:]+:default$/.test(name)
        ? 'the default service account'
        : undefined;
    case 'Group':
      return /^system:serviceaccounts:[^:]+$/.test(name)
        ? 'every service account of a namespace, the default one too'
        : undefined;
    default:
      return undefined;
  }
};

/** Who may do what in the cluster. */
export const access: readonly ManifestControl[] = [
  defineManifestControl('role', {
    id: 'PL.K8S.22',
    title: 'No role has a wildcard',
    severity: 'HIGH',
    rationale: 'A wildcard takes in what is added later, and what nobody thought of.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.1.3'],
      'nsa-cisa-kubernetes-1.2': ['Authentication and authorization: role-based access control'],
    },
    evaluate: (role) =>
      departures(
        rulesOf(role).flatMap((rule) =>
          ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'].flatMap((key) =>
            rule
              .get(key)
              .items()
              .filter((said) =>
                (key === 'nonResourceURLs' ? allUrls : allNames).test(said.text() ?? ''),
              )
              .map((said) => fault(said, 'names', `it allows all ${key} (*)`)),
          ),
        ),
      ),
    remediation: {
      advice: 'Name the verbs, the resources and the groups that it needs.',
      url: rbac,
    },
  }),
  defineManifestControl('role', {
    id: 'PL.K8S.23',
    title: 'No role can give itself more',
    severity: 'HIGH',
    rationale: 'With escalate, bind or impersonate a role is what any other role is.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.1.8'],
      'nsa-cisa-kubernetes-1.2': ['Authentication and authorization: role-based access control'],
    },
    evaluate: (role) => departures(rulesOf(role).flatMap(raisingIn)),
    remediation: {
      advice: 'Take the verb out, or name by resourceNames what it is for and exempt it.',
      url: rbac,
    },
  }),
  defineManifestControl('role', {
    id: 'PL.K8S.24',
    title: 'No role reads all secrets',
    severity: 'HIGH',
    rationale: 'Among the secrets of a namespace are the tokens of its service accounts.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.1.2'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: secrets'],
    },
    evaluate: (role) =>
      departures(
        rulesOf(role)
          .filter(readsSecrets)
          .map((rule) => fault(rule.get('resources'), 'named secrets', 'it may read all secrets')),
      ),
    remediation: {
      advice:
        'Take secrets out, or allow get alone for those that resourceNames has. To list them is to read them.',
      url: rbac,
    },
  }),
  defineManifestControl('role', {
    id: 'PL.K8S.25',
    title: 'No role has a right that gives others',
    severity: 'MEDIUM',
    rationale: 'Who creates pods, makes tokens or approves certificates can be somebody else.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.1.4', '5.1.9', '5.1.10', '5.1.11', '5.1.12', '5.1.13'],
      'nsa-cisa-kubernetes-1.2': ['Authentication and authorization: role-based access control'],
    },
    evaluate: (role) => departures(rulesOf(role).flatMap(powersIn)),
    remediation: {
      advice:
        'Take the right out; leave workloads to a controller, and exempt the roles of controllers.',
      url: rbac,
    },
  }),
  defineManifestControl('binding', {
    id: 'PL.K8S.26',
    title: 'Nobody is bound to cluster-admin',
    severity: 'HIGH',
    rationale: 'cluster-admin may do everything, in every namespace.',
    standards: bound,
    evaluate: (binding) =>
      departures(
        roleIn(binding) === 'cluster-admin'
          ? [
              fault(
                binding.root.get('roleRef', 'name'),
                'a narrower role',
                'it gives cluster-admin',
              ),
            ]
          : [],
      ),
    remediation: { advice: 'Bind a role that has what is needed.', url: rbac },
  }),
  defineManifestControl('binding', {
    id: 'PL.K8S.27',
    title: 'No role is bound to everybody',
    severity: 'CRITICAL',
    rationale: 'What everybody may do, whoever reaches the cluster may do.',
    standards: { ...bound, 'cis-kubernetes-1.9.0': ['5.1.1', '5.1.5'] },
    evaluate: (binding) =>
      departures(
        forEverybody.has(roleIn(binding))
          ? []
          : subjectsIn(binding)
              .map((one) => one.get('name'))
              .flatMap((said) => {
                const who = everybody[said.text() ?? ''];
                return who === undefined ? [] : [fault(said, 'somebody', `it binds ${who}`)];
              }),
      ),
    remediation: { advice: 'Name the users, the groups or the service accounts.', url: rbac },
  }),
  defineManifestControl('binding', {
    id: 'PL.K8S.28',
    title: 'No role is bound to a default service account',
    severity: 'MEDIUM',
    rationale: 'Every pod that names no service account has the default one.',
    standards: { 'cis-kubernetes-1.9.0': ['5.1.5'] },
    evaluate: (binding) =>
      departures(
        subjectsIn(binding).flatMap((one) => {
          const who = defaultAccount(one);
          return who === undefined
            ? []
            : [fault(one.get('name'), 'one of its own', `it binds ${who}`)];
        }),
      ),
    remediation: { advice: 'Make a ServiceAccount for the pods that need the role.', url: rbac },
  }),
];
