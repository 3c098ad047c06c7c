import { manifestControlsIn } from '../../lib/manifests/index.ts';
import { verdictOn } from './checking.ts';

const limitRange = (said: string): string =>
  `\n---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: shop}\nspec: {limits: [{type: Container, ${said}}]}\n`;
const pod = (container: string, spec = '', metadata = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop${metadata}}
spec:
  containers:
    - {name: app, image: web, ${container}}
${spec === '' ? '' : `  ${spec}\n`}`;
const context = (security: string, spec = '') => pod(`securityContext: {${security}}`, spec);
const podContext = (security: string, container = '') =>
  context(container, `securityContext: {${security}}`);
const deployment = (spec: string, template = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  ${spec === '' ? 'replicas: 1' : spec}
  template:
    spec:
      containers: [{name: app, image: web}]
${template === '' ? '' : `      ${template}\n`}`;
const windows = 'os: {name: windows}';
const volume = (kind: string) => pod('', `volumes: [{name: a, ${kind}}]`);
const sysctl = (name: string) => podContext(`sysctls: [{name: ${name}, value: "1"}]`);
const documents = (...all: readonly string[]) => all.join('\n---\n');
const account = (token: string) =>
  `{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: shop}, automountServiceAccountToken: ${token}}`;
const policy = (spec: string, namespace = 'shop') =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: ${namespace}}, spec: ${spec}}`;
const denied = '{podSelector: {}, policyTypes: [Ingress, Egress]}';
const whole = { parameters: { wholeNamespace: true } };
const role = (rule: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: [${rule}]}`;
const onSecrets = (more: string) => role(`{apiGroups: [""], resources: [secrets], ${more}}`);
const binding = (roleName: string, subject: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b}, roleRef: {kind: ClusterRole, name: ${roleName}}, subjects: [${subject}]}`;
const ingress = (spec: string, annotations = '') =>
  `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, annotations: {${annotations}}}, spec: ${spec}}`;
const secret = (more: string, metadata = '') =>
  `{apiVersion: v1, kind: Secret, metadata: {name: s${metadata}}, ${more}}`;
const config = (data: string) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: s}, data: {${data}}}`;
const namespace = (labels: string, name = 'shop') =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: {${labels}}}}`;
const persistent = (source: string) =>
  `{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {${source}}}`;
const enforce = 'pod-security.kubernetes.io/enforce';

interface Setting {
  readonly parameters: Record<string, unknown>;
}
type Case = readonly [text: string, verdict: string, setting?: Setting];
const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.CONTAINER.11': {
    'no limits': [pod(''), 'FAIL'],
    both: [pod('resources: {limits: {memory: 1Gi, cpu: 500m}}'), 'PASS'],
    'one of them': [pod('resources: {limits: {memory: 1Gi}}'), 'FAIL'],
    'zero is none': [pod('resources: {limits: {memory: 0, cpu: 500m}}'), 'FAIL'],
    'requests are no limits': [pod('resources: {requests: {memory: 1Gi, cpu: 1}}'), 'FAIL'],
    'of the whole pod': [pod('', 'resources: {limits: {memory: 1Gi, cpu: 1}}'), 'PASS'],
    'of its namespace': [`${pod('')}${limitRange('default: {memory: 1Gi, cpu: 1}')}`, 'PASS'],
    'one of them of its namespace': [`${pod('')}${limitRange('default: {cpu: 1}')}`, 'FAIL'],
    'zero, whatever its namespace has': [
      `${pod('resources: {limits: {memory: 0, cpu: 1}}')}${limitRange('default: {memory: 1Gi}')}`,
      'FAIL',
    ],
    'of another namespace': [
      `${pod('')}${limitRange('default: {memory: 1Gi, cpu: 1}').replace('namespace: shop}\nspec: {limits', 'namespace: b}\nspec: {limits')}`,
      'FAIL',
    ],
  },
  'PL.CONTAINER.12': {
    'no tag': [pod(''), 'FAIL'],
    latest: [pod('').replace('image: web', 'image: web:latest'), 'FAIL'],
    'a tag': [pod('').replace('image: web', 'image: web:1.2'), 'PASS'],
    'a port, and no tag': [pod('').replace('image: web', 'image: "host:5000/web"'), 'FAIL'],
    'a digest': [pod('').replace('image: web', `image: web@sha256:${'0'.repeat(64)}`), 'PASS'],
    'what is no digest': [pod('').replace('image: web', 'image: web@latest'), 'FAIL'],
    'a tag, and a digest is asked for': [
      pod('').replace('image: web', 'image: web:1.2'),
      'FAIL',
      { parameters: { digest: true } },
    ],
    'put in later': [pod('').replace('image: web', 'image: "$' + '{IMAGE}"'), 'UNKNOWN'],
  },
  'PL.CONTAINER.13': {
    'no registries are named': [pod(''), 'NOT_APPLICABLE'],
    'another one': [pod(''), 'FAIL', { parameters: { registries: ['quay.io'] } }],
    'this one': [
      pod('').replace('image: web', 'image: quay.io/us/web:1'),
      'PASS',
      { parameters: { registries: ['quay.io'] } },
    ],
    'one that begins alike': [
      pod('').replace('image: web', 'image: quay.io.evil.example/us/web:1'),
      'FAIL',
      { parameters: { registries: ['quay.io'] } },
    ],
    'another folder of it': [
      pod('').replace('image: web', 'image: quay.io/others/web:1'),
      'FAIL',
      { parameters: { registries: ['quay.io/us/'] } },
    ],
  },
  'PL.CONTAINER.14': {
    'nothing is said': [pod(''), 'PASS'],
    'a password': [pod('env: [{name: DB_PASSWORD, value: hunter2-x}]'), 'FAIL'],
    'a password by reference': [
      pod('env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]'),
      'PASS',
    ],
    'a file of a password': [pod('env: [{name: DB_PASSWORD_FILE, value: /run/a}]'), 'PASS'],
    'another variable': [pod('env: [{name: A, value: "$(DB_PASSWORD)"}]'), 'PASS'],
    'a key of AWS by its look': [pod('env: [{name: A, value: AKIAIOSFODNN7EXAMPLE}]'), 'FAIL'],
    'a password in an address': [
      pod('env: [{name: DATABASE_URL, value: "postgres://me:hunter2@db/shop"}]'),
      'FAIL',
    ],
    'an address without one': [
      pod('env: [{name: DATABASE_URL, value: "postgres://db/shop"}]'),
      'PASS',
    ],
    'a switch': [pod('env: [{name: USE_TOKEN, value: "true"}]'), 'PASS'],
  },
  'PL.CONTAINER.15': {
    'nothing is said': [pod(''), 'FAIL'],
    'a probe': [pod('readinessProbe: {httpGet: {port: 1}}'), 'PASS'],
    'a job': [
      '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {containers: [{name: a, image: a}]}}}}',
      'NOT_APPLICABLE',
    ],
  },
  'PL.K8S.1': {
    'nothing is said': [pod(''), 'PASS'],
    'of the pod': [podContext('windowsOptions: {hostProcess: true}'), 'FAIL'],
    'of the container': [context('windowsOptions: {hostProcess: true}'), 'FAIL'],
    not: [context('windowsOptions: {hostProcess: false}'), 'PASS'],
    'the container takes it back': [
      podContext('windowsOptions: {hostProcess: true}', 'windowsOptions: {hostProcess: false}'),
      'FAIL',
    ],
  },
  'PL.CONTAINER.6': {
    'nothing is said': [pod(''), 'FAIL'],
    'an init container is root': [
      pod(
        '',
        'securityContext: {runAsNonRoot: true, runAsUser: 7}\n  initContainers: [{name: b, image: b, securityContext: {runAsUser: 0}}]',
      ),
      'FAIL',
    ],
    'one for somebody who looks is root': [
      pod(
        '',
        'securityContext: {runAsUser: 7}\n  ephemeralContainers: [{name: b, image: b, securityContext: {runAsUser: "0"}}]',
      ),
      'FAIL',
    ],
    'a text, and hexadecimal': [context('runAsUser: "0x0"'), 'FAIL'],
    'the administrator of Windows': [
      podContext('windowsOptions: {runAsUserName: ContainerAdministrator}', '').replace(
        'spec:\n',
        `spec:\n  ${windows}\n`,
      ),
      'FAIL',
    ],
    'the system of Windows, of the pod': [
      podContext(
        "windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}",
      ).replace('spec:\n', `spec:\n  ${windows}\n`),
      'FAIL',
    ],
    'a service of Windows': [
      podContext("windowsOptions: {runAsUserName: 'NT AUTHORITY\\LocalService'}").replace(
        'spec:\n',
        `spec:\n  ${windows}\n`,
      ),
      'PASS',
    ],
  },
  'PL.CONTAINER.10': {
    'a volume of a whole node': [persistent('hostPath: {path: /}'), 'FAIL'],
    'a local volume of the system': [persistent('local: {path: /etc}'), 'FAIL'],
    'a share of the node itself': [persistent('nfs: {server: 127.0.0.1, path: /etc}'), 'FAIL'],
    'a share of the node itself in a pod': [
      volume("nfs: {server: '::1', path: /var/lib/kubelet}"),
      'FAIL',
    ],
    'a share of a server': [persistent('nfs: {server: nfs.internal, path: /etc}'), 'PASS'],
    'what a driver gives': [volume('csi: {driver: secrets-store.csi.k8s.io}'), 'PASS'],
    'a local volume': [persistent('local: {path: /mnt/disks/a}'), 'PASS'],
    'a volume of a driver': [persistent('csi: {driver: ebs.csi.aws.com}'), 'PASS'],
    'a pipe of Windows': [volume("hostPath: {path: '\\\\.\\pipe\\containerd-containerd'}"), 'FAIL'],
    'a drive of Windows': [volume("hostPath: {path: 'C:\\'}"), 'FAIL'],
    'a folder of Windows': [volume("hostPath: {path: 'c:/ProgramData/docker'}"), 'FAIL'],
    'a folder of an application on Windows': [volume("hostPath: {path: 'D:\\data'}"), 'PASS'],
  },
  'PL.K8S.2': {
    none: [pod(''), 'PASS'],
    'a path of the node': [volume('hostPath: {path: /srv}'), 'FAIL'],
    'another one': [volume('emptyDir: {}'), 'PASS'],
  },
  'PL.K8S.3': {
    none: [pod('ports: [{containerPort: 80}]'), 'PASS'],
    'zero is none': [pod('ports: [{containerPort: 80, hostPort: 0}]'), 'PASS'],
    one: [pod('ports: [{containerPort: 80, hostPort: 80}]'), 'FAIL'],
    'one that is allowed': [
      pod('ports: [{containerPort: 80, hostPort: 80}]'),
      'PASS',
      { parameters: { ports: [80] } },
    ],
    'of an init container': [
      pod('', 'initContainers: [{name: b, image: b, ports: [{hostPort: 1}]}]'),
      'FAIL',
    ],
  },
  'PL.K8S.4': {
    none: [pod('livenessProbe: {httpGet: {port: 1}}'), 'PASS'],
    'a probe': [pod('livenessProbe: {httpGet: {port: 1, host: 10.0.0.1}}'), 'FAIL'],
    'a socket': [pod('startupProbe: {tcpSocket: {port: 1, host: 10.0.0.1}}'), 'FAIL'],
    'a hook': [pod('lifecycle: {preStop: {httpGet: {port: 1, host: a}}}'), 'FAIL'],
    'an empty one': [pod('livenessProbe: {httpGet: {port: 1, host: ""}}'), 'PASS'],
  },
  'PL.K8S.5': {
    'nothing is said': [pod(''), 'PASS'],
    'the default': [context('appArmorProfile: {type: RuntimeDefault}'), 'PASS'],
    none: [podContext('appArmorProfile: {type: Unconfined}'), 'FAIL'],
    'none, made good by the container': [
      podContext('appArmorProfile: {type: Unconfined}', 'appArmorProfile: {type: Localhost}'),
      'FAIL',
    ],
    'by an annotation': [
      pod(
        '',
        '',
        ', annotations: {container.apparmor.security.beta.kubernetes.io/app: unconfined}',
      ),
      'FAIL',
    ],
    'the default, by an annotation': [
      pod(
        '',
        '',
        ', annotations: {container.apparmor.security.beta.kubernetes.io/app: runtime/default}',
      ),
      'PASS',
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.K8S.6': {
    'nothing is said': [pod(''), 'PASS'],
    'a type of containers': [context('seLinuxOptions: {type: container_init_t}'), 'PASS'],
    'another type': [podContext('seLinuxOptions: {type: unconfined_t}'), 'FAIL'],
    'a level': [context('seLinuxOptions: {level: "s0:c1,c2"}'), 'PASS'],
    'a user': [context('seLinuxOptions: {user: sysadm_u}'), 'FAIL'],
    'a role': [podContext('seLinuxOptions: {role: sysadm_r}'), 'FAIL'],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.K8S.7': {
    'nothing is said': [pod(''), 'PASS'],
    'the default': [context('procMount: Default'), 'PASS'],
    another: [context('procMount: Unmasked'), 'FAIL'],
  },
  'PL.K8S.8': {
    none: [pod(''), 'PASS'],
    'a safe one': [sysctl('net.ipv4.tcp_syncookies'), 'PASS'],
    'a safe one with slashes': [sysctl('net/ipv4/tcp_syncookies'), 'PASS'],
    'one that is safe since 1.32': [sysctl('net.ipv4.tcp_rmem'), 'PASS'],
    'one that is safe since 1.37': [sysctl('net.ipv4.tcp_notsent_lowat'), 'PASS'],
    another: [sysctl('kernel.msgmax'), 'FAIL'],
  },
  'PL.K8S.9': {
    'nothing is said': [pod(''), 'FAIL'],
    'of the pod': [podContext('seccompProfile: {type: RuntimeDefault}'), 'PASS'],
    'of the container': [context('seccompProfile: {type: Localhost}'), 'PASS'],
    'of one container alone': [
      pod(
        'securityContext: {seccompProfile: {type: RuntimeDefault}}',
        'initContainers: [{name: b, image: b}]',
      ),
      'FAIL',
    ],
    none: [context('seccompProfile: {type: Unconfined}'), 'FAIL'],
    'none of the container, one of the pod': [
      podContext('seccompProfile: {type: RuntimeDefault}', 'seccompProfile: {type: Unconfined}'),
      'FAIL',
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.K8S.10': {
    none: [pod(''), 'PASS'],
    'a claim': [volume('persistentVolumeClaim: {claimName: a}'), 'PASS'],
    'without a kind': [pod('', 'volumes: [{name: a}]'), 'PASS'],
    'of a server': [volume('nfs: {server: a, path: /}'), 'FAIL'],
    'an image': [volume('image: {reference: "a:1"}'), 'PASS'],
    'a repository': [volume('gitRepo: {repository: a}'), 'FAIL'],
    'disks of a server': [volume('iscsi: {iqn: a}'), 'FAIL'],
  },
  'PL.K8S.11': {
    // Nodes before 1.33 pass over hostUsers, so that root is root there.
    'users of its own': [pod('', 'hostUsers: false'), 'FAIL'],
    'an init container that restarts takes it back': [
      pod(
        '',
        'securityContext: {runAsNonRoot: true}\n  initContainers: [{name: b, image: b, restartPolicy: Always, securityContext: {runAsNonRoot: false}}]',
      ),
      'FAIL',
    ],
    'nothing is said': [pod(''), 'FAIL'],
    'a number alone': [context('runAsUser: 1000'), 'FAIL'],
    'of the pod': [podContext('runAsNonRoot: true'), 'PASS'],
    'of the container': [context('runAsNonRoot: true'), 'PASS'],
    'the container takes it back': [
      podContext('runAsNonRoot: true', 'runAsNonRoot: false'),
      'FAIL',
    ],
    'the pod takes it back': [podContext('runAsNonRoot: false', 'runAsNonRoot: true'), 'FAIL'],
  },
  'PL.K8S.12': {
    'nothing is said': [pod(''), 'FAIL'],
    'of the pod': [podContext('runAsUser: 1000'), 'PASS'],
    'root of the pod, another of the container': [
      podContext('runAsUser: 0', 'runAsUser: 7'),
      'FAIL',
    ],
    'root of the container': [podContext('runAsUser: 7', 'runAsUser: 0'), 'FAIL'],
    'less than is asked for': [
      context('runAsUser: 1000'),
      'FAIL',
      { parameters: { minimum: 10_000 } },
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.K8S.13': {
    'nothing is said': [pod(''), 'FAIL'],
    both: [pod('resources: {requests: {memory: 1Gi, cpu: 1}}'), 'PASS'],
    'limits stand for them': [pod('resources: {limits: {memory: 1Gi, cpu: 1}}'), 'PASS'],
    'one of them': [pod('resources: {requests: {memory: 1Gi}}'), 'FAIL'],
  },
  'PL.K8S.14': {
    'nothing is said': [pod(''), 'FAIL'],
    'not mounted': [pod('', 'automountServiceAccountToken: false'), 'PASS'],
    mounted: [pod('', 'automountServiceAccountToken: true'), 'FAIL'],
    'not mounted by the account': [documents(account('false'), pod('')), 'PASS'],
    'not mounted by another account': [
      documents(account('false'), pod('', 'serviceAccountName: web')),
      'FAIL',
    ],
    'the pod takes it back': [
      documents(account('false'), pod('', 'automountServiceAccountToken: true')),
      'FAIL',
    ],
  },
  'PL.K8S.15': {
    'in place': [context('privileged: false'), 'PASS'],
    'of a pod': [context('fsGroup: 1'), 'FAIL'],
    misspelt: [context('runAsNonroot: true'), 'FAIL'],
    'beside the context': [pod('runAsNonRoot: true'), 'FAIL'],
    'of the spec': [pod('hostNetwork: false'), 'FAIL'],
  },
  'PL.K8S.16': {
    'in place': [podContext('fsGroup: 1, runAsUser: 1'), 'PASS'],
    'of a container': [podContext('allowPrivilegeEscalation: false'), 'FAIL'],
    'beside the context': [pod('', 'runAsNonRoot: true'), 'FAIL'],
    'in place, in a template': [deployment('', 'securityContext: {runAsUser: 1}'), 'PASS'],
    'of the deployment': [deployment('securityContext: {runAsUser: 1}'), 'FAIL'],
  },
  'PL.K8S.17': {
    'not the whole namespace': [pod(''), 'NOT_APPLICABLE'],
    'no policy': [pod(''), 'FAIL', whole],
    denied: [documents(pod(''), policy(denied)), 'PASS'],
    'denied in another namespace': [documents(pod(''), policy(denied, 'b')), 'FAIL', whole],
    'denied for some pods': [
      documents(pod(''), policy('{podSelector: {matchLabels: {a: b}}, policyTypes: [Ingress]}')),
      'FAIL',
      whole,
    ],
    'denied, but for a rule': [
      documents(pod(''), policy('{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}')),
      'FAIL',
      whole,
    ],
  },
  'PL.K8S.18': {
    'not the whole namespace': [pod(''), 'NOT_APPLICABLE'],
    denied: [documents(pod(''), policy(denied)), 'PASS', whole],
    'only the other direction': [documents(pod(''), policy('{podSelector: {}}')), 'FAIL', whole],
  },
  'PL.K8S.19': {
    'no rule': [policy(denied), 'PASS'],
    'a rule for all': [policy('{podSelector: {}, ingress: [{}]}'), 'FAIL'],
    'a rule for all on a port': [
      policy('{podSelector: {}, ingress: [{ports: [{port: 80}]}]}'),
      'FAIL',
    ],
    'a rule for pods': [
      policy('{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}'),
      'PASS',
    ],
    'every address': [
      policy('{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}'),
      'FAIL',
    ],
    'a policy of what goes out': [
      policy('{podSelector: {}, policyTypes: [Egress], egress: [{}]}'),
      'PASS',
    ],
  },
  'PL.K8S.20': {
    'no TLS': [ingress('{rules: [{host: a.example}]}'), 'FAIL'],
    TLS: [ingress('{tls: [{hosts: [a.example]}], rules: [{host: a.example}]}'), 'PASS'],
    'TLS for another host': [
      ingress('{tls: [{hosts: [b.example]}], rules: [{host: a.example}]}'),
      'FAIL',
    ],
    'TLS for all below': [
      ingress('{tls: [{hosts: ["*.example"]}], rules: [{host: a.example}]}'),
      'PASS',
    ],
    'TLS without names': [ingress('{tls: [{secretName: s}], rules: [{host: a.example}]}'), 'PASS'],
    'a certificate of the load balancer': [
      ingress(
        '{rules: [{host: a.example}]}',
        'alb.ingress.kubernetes.io/certificate-arn: "arn:aws:acm:eu-central-1:111122223333:certificate/a"',
      ),
      'PASS',
    ],
  },
  'PL.K8S.21': {
    none: ['{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {}}', 'PASS'],
    one: [
      '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {externalIPs: [192.0.2.1]}}',
      'FAIL',
    ],
  },
  'PL.K8S.22': {
    names: [role('{apiGroups: [""], resources: [pods], verbs: [get]}'), 'PASS'],
    'all verbs': [role('{apiGroups: [""], resources: [pods], verbs: ["*"]}'), 'FAIL'],
    'all resources': [role('{apiGroups: [""], resources: ["*"], verbs: [get]}'), 'FAIL'],
    'all groups': [role('{apiGroups: ["*"], resources: [pods], verbs: [get]}'), 'FAIL'],
    'all addresses by a slash': [role('{nonResourceURLs: ["/*"], verbs: [get]}'), 'FAIL'],
    'some addresses': [role('{nonResourceURLs: ["/healthz/*"], verbs: [get]}'), 'PASS'],
    'all addresses': [role('{nonResourceURLs: ["*"], verbs: [get]}'), 'FAIL'],
  },
  'PL.K8S.23': {
    'another verb': [role('{apiGroups: [""], resources: [pods], verbs: [get]}'), 'PASS'],
    impersonate: [role('{apiGroups: [""], resources: [users], verbs: [impersonate]}'), 'FAIL'],
    escalate: [role('{resources: [roles], verbs: [escalate]}'), 'FAIL'],
    bind: [role('{resources: [roles], verbs: [bind]}'), 'FAIL'],
    'all verbs on all of a group of metrics': [
      role('{apiGroups: [external.metrics.k8s.io], resources: ["*"], verbs: ["*"]}'),
      'PASS',
    ],
    'all verbs on all roles': [
      role('{apiGroups: [rbac.authorization.k8s.io], resources: ["*"], verbs: ["*"]}'),
      'FAIL',
    ],
    'all verbs on all of the core': [
      role('{apiGroups: [""], resources: ["*"], verbs: ["*"]}'),
      'FAIL',
    ],
    'all verbs on all of any group': [
      role('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}'),
      'FAIL',
    ],
  },
  'PL.K8S.24': {
    get: [onSecrets('verbs: [get]'), 'FAIL'],
    list: [onSecrets('verbs: [list]'), 'FAIL'],
    'get of one': [onSecrets('verbs: [get], resourceNames: [a]'), 'PASS'],
    'list of one, which lists all': [onSecrets('verbs: [list], resourceNames: [a]'), 'FAIL'],
    create: [onSecrets('verbs: [create]'), 'PASS'],
    'of another group': [
      role('{apiGroups: [example.com], resources: [secrets], verbs: [get]}'),
      'PASS',
    ],
    'all resources': [role('{apiGroups: [""], resources: ["*"], verbs: [get]}'), 'FAIL'],
  },
  'PL.K8S.25': {
    'reads pods': [role('{apiGroups: [""], resources: [pods], verbs: [get]}'), 'PASS'],
    'creates pods': [role('{apiGroups: [""], resources: [pods], verbs: [create]}'), 'FAIL'],
    ...Object.fromEntries(
      [
        ['apps', 'deployments'],
        ['apps', 'daemonsets'],
        ['apps', 'statefulsets'],
        ['apps', 'replicasets'],
        ['""', 'replicationcontrollers'],
        ['batch', 'jobs'],
        ['batch', 'cronjobs'],
      ].flatMap(([group, resource]) =>
        ['create', 'patch', 'update'].map((verb): [string, Case] => [
          `may ${verb} ${resource}`,
          [role(`{apiGroups: [${group}], resources: [${resource}], verbs: [${verb}]}`), 'FAIL'],
        ]),
      ),
    ),
    'reads what makes pods': [
      role('{apiGroups: [apps], resources: [deployments], verbs: [get, list]}'),
      'PASS',
    ],
    'runs commands': [role('{apiGroups: [""], resources: [pods/exec], verbs: [create]}'), 'FAIL'],
    'approves certificates': [
      role(
        '{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]}',
      ),
      'FAIL',
    ],
  },
  'PL.K8S.26': {
    'another role': [binding('view', '{kind: User, name: me}'), 'PASS'],
    'cluster-admin': [binding('cluster-admin', '{kind: User, name: me}'), 'FAIL'],
  },
  'PL.K8S.27': {
    somebody: [binding('view', '{kind: User, name: me}'), 'PASS'],
    anybody: [binding('view', '{kind: User, name: "system:anonymous"}'), 'FAIL'],
    'everybody with a name': [
      binding('view', '{kind: Group, name: "system:authenticated"}'),
      'FAIL',
    ],
    'what Kubernetes gives them': [
      binding('"system:discovery"', '{kind: Group, name: "system:authenticated"}'),
      'PASS',
    ],
  },
  'PL.K8S.28': {
    'its own': [binding('view', '{kind: ServiceAccount, name: web, namespace: a}'), 'PASS'],
    'the default': [binding('view', '{kind: ServiceAccount, name: default, namespace: a}'), 'FAIL'],
    'the default, as a user': [
      binding('view', '{kind: User, name: "system:serviceaccount:a:default"}'),
      'FAIL',
    ],
    'its own, as a user': [
      binding('view', '{kind: User, name: "system:serviceaccount:a:web"}'),
      'PASS',
    ],
    'all of a namespace': [
      binding('view', '{kind: Group, name: "system:serviceaccounts:a"}'),
      'FAIL',
    ],
    'a user of that name': [binding('view', '{kind: User, name: default}'), 'PASS'],
  },
  'PL.K8S.29': {
    data: [secret('data: {a: aHVudGVyMg==}'), 'FAIL'],
    texts: [secret('stringData: {a: hunter2}'), 'FAIL'],
    nothing: [secret('type: Opaque'), 'PASS'],
    'an empty value': [secret('data: {a: ""}'), 'PASS'],
    'put in later': [secret('stringData: {a: "$' + '{PASSWORD}"}'), 'PASS'],
    'encrypted by sops': [secret('data: {a: "ENC[x]"}, sops: {version: 3.8.1}'), 'PASS'],
    'one value that sops left': [
      secret('data: {a: "ENC[x]", b: aHVudGVyMg==}, sops: {a: b}'),
      'FAIL',
    ],
    'a mark of sops and nothing encrypted': [
      secret('data: {a: aHVudGVyMg==}, sops: {a: b}'),
      'FAIL',
    ],
    'an id of a cluster in a file': [secret('data: {a: aHVudGVyMg==}', ', uid: 1-2'), 'FAIL'],
    'another kind': [config('a: b'), 'NOT_APPLICABLE'],
  },
  'PL.K8S.30': {
    settings: [config('LEVEL: info'), 'PASS'],
    'a password': [config('DB_PASSWORD: hunter2'), 'FAIL'],
    'what a key is': [config('OCI_CLI_KEY_CONTENT: abcdef'), 'FAIL'],
    'where a key is': [config('OCI_CLI_KEY_FILE: /etc/oci/key'), 'PASS'],
    'a password among settings': [config('"app.env": "A=b\\nDB_PASSWORD=hunter2"'), 'FAIL'],
    'a password in YAML': [config('"app.yaml": "db:\\n  password: hunter2"'), 'FAIL'],
    'where a password lies': [
      config('"app.yaml": "password: ${PASSWORD}\\nPASSWORD_FILE=/run/secrets/p\\nSECRET="'),
      'PASS',
    ],
    'another kind': [secret('data: {a: aHVudGVyMg==}'), 'NOT_APPLICABLE'],
  },
  'PL.K8S.31': {
    'no label': [namespace(''), 'FAIL'],
    restricted: [namespace(`${enforce}: restricted`), 'PASS'],
    baseline: [namespace(`${enforce}: baseline`), 'PASS'],
    'baseline, and restricted is asked for': [
      namespace(`${enforce}: baseline`),
      'FAIL',
      { parameters: { level: 'restricted' } },
    ],
    privileged: [namespace(`${enforce}: privileged`), 'FAIL'],
    'what is no level': [namespace(`${enforce}: strict`), 'FAIL'],
    'of the cluster': [namespace('', 'kube-system'), 'NOT_APPLICABLE'],
  },
};

describe.each(Object.entries(cases))('%s', (id, table) => {
  it.each(Object.entries(table))('%s', async (_, [text, verdict, setting]) => {
    expect(await verdictOn(text, id, setting && { [id]: setting })).toBe(verdict);
  });
});

it('asks no encryption of a Secret that a cluster tells over a pipe', async () => {
  const of = (more: string, data = 'data: {a: aHVudGVyMg==}') =>
    verdictOn(secret(data, more), 'PL.K8S.29', {}, 'standard input');
  const told = ', uid: 1-2, resourceVersion: "12", creationTimestamp: "2026-01-02T03:04:05Z"';
  expect(await of(told)).toBe('NOT_APPLICABLE');
  // What a chart can say of an object that can still be made.
  const forged = [
    '',
    ', uid: 1-2',
    told.replace('"12"', '""'),
    told.replace('"12"', '"0"'),
    told.replace(/"2026.*"/, 'null'),
    told.replace('1-2', '""'),
  ];
  for (const one of forged) expect([one, await of(one)]).toEqual([one, 'FAIL']);
  expect(await of(told, 'stringData: {a: hunter2}')).toBe('FAIL');
});

it('has a table for every control on Kubernetes, with a PASS and a FAIL in each', () => {
  for (const { id } of manifestControlsIn['kubernetes'] ?? []) {
    const verdicts = Object.values(cases[id] ?? {}).map(([, verdict]) => verdict);
    expect([id, verdicts.includes('PASS'), verdicts.includes('FAIL')]).toEqual([id, true, true]);
  }
});
