import { verdictOn } from './checking.ts';

/** A pod with one container. */
const pod = (container: string, spec = '') => `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: app, image: web, ${container}}
${spec === '' ? '' : `  ${spec}\n`}`;
const context = (security: string, spec = '') => pod(`securityContext: {${security}}`, spec);
const podContext = (security: string, container = '') =>
  context(container, `securityContext: {${security}}`);
const windows = 'os: {name: windows}';
const hostPath = (path: string) => pod('', `volumes: [{name: a, hostPath: {path: ${path}}}]`);

type Case = readonly [text: string, verdict: string];
const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.CONTAINER.1': {
    'nothing is said': [pod(''), 'PASS'],
    privileged: [context('privileged: true'), 'FAIL'],
    'as YAML 1.1 says it': [context('privileged: yes'), 'FAIL'],
    'not privileged': [context('privileged: false'), 'PASS'],
    'where the pod says it, which counts for nothing': [podContext('privileged: true'), 'PASS'],
  },
  'PL.CONTAINER.2': {
    'nothing is said': [pod(''), 'FAIL'],
    'not allowed': [context('allowPrivilegeEscalation: false'), 'PASS'],
    'not allowed, and privileged': [
      context('allowPrivilegeEscalation: false, privileged: true'),
      'FAIL',
    ],
    'not allowed, with a capability that allows it': [
      context('allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN]}'),
      'FAIL',
    ],
    'where the pod says it, which counts for nothing': [
      podContext('allowPrivilegeEscalation: false'),
      'FAIL',
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.CONTAINER.3': {
    'nothing is said': [pod(''), 'FAIL'],
    'all are dropped': [context('capabilities: {drop: [ALL]}'), 'PASS'],
    'all are dropped, and it is privileged': [
      context('privileged: true, capabilities: {drop: [ALL]}'),
      'FAIL',
    ],
    'all among others': [context('capabilities: {drop: [NET_RAW, ALL]}'), 'PASS'],
    'some are dropped': [context('capabilities: {drop: [NET_RAW]}'), 'FAIL'],
    'a text where a list belongs': [context('capabilities: {drop: ALL}'), 'FAIL'],
    'where the pod says it, which counts for nothing': [
      podContext('capabilities: {drop: [ALL]}'),
      'FAIL',
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.CONTAINER.4': {
    'nothing is said': [pod(''), 'PASS'],
    'one of the default set': [context('capabilities: {add: [CHOWN]}'), 'PASS'],
    // https://github.com/kubernetes/pod-security-admission/blob/master/policy/check_capabilities_baseline.go
    'one of the default set that admission refuses': [
      context('capabilities: {add: [chown]}'),
      'FAIL',
    ],
    'one of the default set with its long name': [
      context('capabilities: {add: [CAP_CHOWN]}'),
      'FAIL',
    ],
    'one beyond it': [context('capabilities: {add: [SYS_ADMIN]}'), 'FAIL'],
    'with its long name': [context('capabilities: {add: [CAP_SYS_ADMIN]}'), 'FAIL'],
    'the one that forges packets': [context('capabilities: {add: [NET_RAW]}'), 'FAIL'],
    'all of them': [context('capabilities: {add: [ALL]}'), 'FAIL'],
    Windows: [context('capabilities: {add: [ALL]}', windows), 'NOT_APPLICABLE'],
  },
  'PL.CONTAINER.5': {
    'nothing is said': [pod(''), 'PASS'],
    'the harmless one': [context('capabilities: {add: [NET_BIND_SERVICE]}'), 'PASS'],
    'another one': [context('capabilities: {add: [CHOWN]}'), 'FAIL'],
    Windows: [context('capabilities: {add: [CHOWN]}', windows), 'NOT_APPLICABLE'],
  },
  'PL.CONTAINER.6': {
    'nothing is said': [pod(''), 'FAIL'],
    'the pod asks for another user': [podContext('runAsNonRoot: true'), 'PASS'],
    'the pod has another user': [podContext('runAsUser: 1000'), 'PASS'],
    'the container asks for another user': [context('runAsNonRoot: true'), 'PASS'],
    'the container takes it back': [
      podContext('runAsNonRoot: true', 'runAsNonRoot: false'),
      'FAIL',
    ],
    'the pod is root, and the container is not': [
      podContext('runAsUser: 0', 'runAsUser: 7'),
      'PASS',
    ],
    'the pod is not root, and the container is': [
      podContext('runAsUser: 7', 'runAsUser: 0'),
      'FAIL',
    ],
    'root, and not root': [podContext('runAsNonRoot: true', 'runAsUser: 0'), 'FAIL'],
    'zero as YAML 1.1 writes it': [context('runAsNonRoot: true, runAsUser: 0x0'), 'FAIL'],
    'an init container': [
      pod(
        'securityContext: {runAsUser: 7}',
        'initContainers: [{name: b, image: b, securityContext: {runAsUser: 0}}]',
      ),
      'FAIL',
    ],
    'an ephemeral container': [
      pod(
        'securityContext: {runAsUser: 7}',
        'ephemeralContainers: [{name: b, image: b, securityContext: {runAsUser: 0}}]',
      ),
      'FAIL',
    ],
    'the administrator of Windows': [
      context(
        'runAsNonRoot: true, windowsOptions: {runAsUserName: ContainerAdministrator}',
        windows,
      ),
      'FAIL',
    ],
    'a user of Windows': [
      context('windowsOptions: {runAsUserName: ContainerUser}', windows),
      'PASS',
    ],
  },
  'PL.CONTAINER.7': {
    'nothing is said': [pod(''), 'FAIL'],
    'read-only': [context('readOnlyRootFilesystem: true'), 'PASS'],
    not: [context('readOnlyRootFilesystem: false'), 'FAIL'],
    'where the pod says it, which counts for nothing': [
      podContext('readOnlyRootFilesystem: true'),
      'FAIL',
    ],
    Windows: [pod('', windows), 'NOT_APPLICABLE'],
  },
  'PL.CONTAINER.8': {
    'nothing is said': [pod(''), 'PASS'],
    'no seccomp, by the pod': [podContext('seccompProfile: {type: Unconfined}'), 'FAIL'],
    'no seccomp by the pod, some by the container': [
      podContext('seccompProfile: {type: Unconfined}', 'seccompProfile: {type: RuntimeDefault}'),
      'PASS',
    ],
    'no AppArmor': [context('appArmorProfile: {type: Unconfined}'), 'FAIL'],
    'no SELinux': [context('seLinuxOptions: {type: spc_t}'), 'FAIL'],
    'all of /proc': [context('procMount: Unmasked'), 'FAIL'],
  },
  'PL.CONTAINER.9': {
    'nothing is said': [pod(''), 'PASS'],
    'the network': [pod('', 'hostNetwork: true'), 'FAIL'],
    'the processes': [pod('', 'hostPID: true'), 'FAIL'],
    'the IPC': [pod('', 'hostIPC: true'), 'FAIL'],
    'none of them': [pod('', 'hostIPC: false'), 'PASS'],
  },
  'PL.CONTAINER.10': {
    'nothing is said': [pod(''), 'PASS'],
    'the socket of Docker': [hostPath('/var/run/docker.sock'), 'FAIL'],
    'the same, written otherwise': [hostPath('/srv/../var//run/./docker.sock/'), 'FAIL'],
    'the whole disk': [hostPath('/'), 'FAIL'],
    'a folder of the system': [hostPath('/etc'), 'FAIL'],
    'a folder of the system behind a blank': [hostPath('" /etc"'), 'FAIL'],
    'a folder of an application': [hostPath('/srv/data'), 'PASS'],
    'the runtime of its node, by the address that it is given': [
      pod(
        'env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}, {name: DOCKER_HOST, value: "tcp://$(NODE):2376"}]',
      ),
      'FAIL',
    ],
    'the same as an argument': [pod('args: ["--endpoint=tcp://172.17.0.1:2375"]'), 'FAIL'],
    'a page of its node that is no runtime': [
      pod('env: [{name: METRICS, value: "http://172.17.0.1:9100"}]'),
      'PASS',
    ],
  },
};

describe.each(Object.entries(cases))('%s', (id, table) => {
  it.each(Object.entries(table))('%s', async (_, [text, verdict]) => {
    expect(await verdictOn(text, id)).toBe(verdict);
  });
});
