import { defineHostControls, type Setting } from '../control.ts';

const each = (...settings: readonly Setting[]) =>
  ({ kind: 'docker', subject: 'container', settings }) as const;
const is = (name: string, value: string): Setting => ({ name, expect: { is: value } });
const limited = (name: string): Setting => ({ name, expect: { from: 1 } });

/** How containers are started. They are evaluated and never changed. */
export const containers = defineHostControls([
  {
    id: 'PL.DKR.6',
    area: 'docker',
    title: 'Containers drop all capabilities but harmless ones',
    severity: 'MEDIUM',
    rationale: 'The default set lets a container forge packets and make device files.',
    references: { 'cis-docker-1.6.0': ['5.4'] },
    where: ['docker'],
    check: each(is('capabilities', 'dropped')),
    remediation: {
      fix: 'report',
      advice:
        'Start the container with --cap-drop ALL and add what it needs of CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, NET_BIND_SERVICE, SETGID and SETUID.',
    },
  },
  {
    id: 'PL.DKR.7',
    area: 'docker',
    title: 'No container is privileged',
    severity: 'HIGH',
    rationale: 'A privileged container is root on the host.',
    references: { 'cis-docker-1.6.0': ['5.5'] },
    where: ['docker'],
    check: each(is('privileged', 'false')),
    remediation: {
      fix: 'report',
      advice: 'Start it without --privileged, with the devices and capabilities that it needs.',
    },
  },
  {
    id: 'PL.DKR.8',
    area: 'docker',
    title: 'Containers run as another user than root',
    severity: 'MEDIUM',
    rationale: 'Root in a container is root of the host for whatever gets out of it.',
    references: { 'cis-docker-1.6.0': ['4.1'] },
    where: ['docker'],
    check: each({ name: 'user', expect: { noneOf: ['root'] } }, is('groups', 'harmless')),
    remediation: {
      fix: 'report',
      advice: 'Set USER in the image, or start it with --user; take --group-add of root out.',
    },
  },
  {
    id: 'PL.DKR.9',
    area: 'docker',
    title: 'The file systems of containers are read-only',
    severity: 'LOW',
    rationale: 'What breaks in can leave nothing behind where nothing can be written.',
    references: { 'cis-docker-1.6.0': ['5.13'] },
    where: ['docker'],
    check: each(is('read-only', 'true')),
    remediation: {
      fix: 'report',
      advice: 'Start it with --read-only, and volumes or --tmpfs where it writes.',
    },
  },
  {
    id: 'PL.DKR.10',
    area: 'docker',
    title: 'Containers have limits for memory, processors and processes',
    severity: 'MEDIUM',
    rationale: 'One container that runs wild takes the host, and the SSM agent, with it.',
    references: { 'cis-docker-1.6.0': ['5.11', '5.12', '5.29'] },
    where: ['docker'],
    check: each(limited('memory'), limited('cpus'), limited('processes')),
    remediation: {
      fix: 'report',
      advice: 'Start it with --memory, --cpus and --pids-limit.',
    },
  },
  {
    id: 'PL.DKR.11',
    area: 'docker',
    title: 'Containers have no socket of a runtime, no folder and no disk of the system',
    severity: 'HIGH',
    rationale:
      'With docker.sock, with /etc or with the disk of the host, a container rules the host.',
    references: { 'cis-docker-1.6.0': ['5.6', '5.32'] },
    where: ['docker'],
    check: each(is('binds', 'none')),
    remediation: {
      fix: 'report',
      advice:
        'Mount a volume that is no folder of the host, or the one file that is needed, read-only; put a filtering proxy before a socket, also for DOCKER_HOST.',
    },
  },
  {
    id: 'PL.DKR.12',
    area: 'docker',
    title: 'Containers have namespaces of their own, and are confined',
    severity: 'HIGH',
    rationale: 'In the host’s namespaces a container sees and signals what is not its own.',
    references: {
      'cis-docker-1.6.0': ['5.2', '5.10', '5.16', '5.17', '5.21', '5.22', '5.31'],
    },
    where: ['docker'],
    check: each(is('namespaces', 'own'), is('confined', 'yes')),
    remediation: {
      fix: 'report',
      advice:
        'Start it without host for --network, --pid, --ipc, --uts and --userns, and without unconfined or disable among --security-opt.',
    },
  },
  {
    id: 'PL.DKR.13',
    area: 'docker',
    title: 'No port of a database is published, and others on one address only',
    severity: 'HIGH',
    rationale: 'Published ports go past ufw: its deny is not asked.',
    references: { 'cis-docker-1.6.0': ['5.9', '5.14'] },
    where: ['docker'],
    check: each(is('ports', 'bound')),
    remediation: {
      fix: 'report',
      advice:
        'Reach databases by a network of Docker; publish others as --publish address:port:port.',
    },
  },
  {
    id: 'PL.DKR.14',
    area: 'docker',
    title: 'Databases are on internal networks only',
    severity: 'MEDIUM',
    rationale: 'A database that reaches the internet can be emptied into it.',
    references: { 'cis-docker-1.6.0': ['5.30'] },
    where: ['docker'],
    check: each(is('networks', 'internal')),
    remediation: {
      fix: 'report',
      advice: 'Connect it to a network that was made with --internal, and to no other.',
    },
  },
]);
