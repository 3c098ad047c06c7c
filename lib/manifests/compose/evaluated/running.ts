import { integer } from '../../../model/parameters.ts';
import { isHostDevice } from '../../containers/host.ts';
import type { ComposeService } from '../../model/compose-service.ts';
import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { removingFaults, setting } from '../../model/repair.ts';
import { sureText } from '../variables.ts';
import { logging, services, volumes } from './pages.ts';

/** `on-failure:5`; what says nothing is started once. */
const restartFaults = (said: Field, most: number): readonly Fault[] => {
  const [policy, count] = (sureText(said) ?? 'no').trim().split(':', 2);
  if (policy === 'no' || policy === 'false' || policy === '') return [];
  if (policy === 'on-failure' && Number(count) > 0 && Number(count) <= most) return [];
  return [fault(said, `on-failure:${most}`, 'it is restarted without a limit')];
};
const deployedFaults = (policy: Field, most: number): readonly Fault[] => {
  if (!policy.isSet || sureText(policy.get('condition')) === 'none') return [];
  const said = policy.get('max_attempts');
  const count = Number(sureText(said) ?? '0');
  return count > 0 && count <= most ? [] : [fault(said, most, 'it is restarted without a limit')];
};

/** Drivers that keep logs in files that nobody else makes smaller. */
const kept = new Set(['json-file', '']);

const tmpfsFaults = ({ field, mounts }: ComposeService): readonly Fault[] => {
  const all = mounts.filter(({ kind }) => kind === 'tmpfs');
  if (all.length === 0)
    return [fault(field.get('tmpfs'), '/tmp:size=64M', 'it has no tmpfs for temporary files')];
  return all
    .filter(({ hasSize }) => !hasSize)
    .map(({ said }) =>
      fault(said, 'a size', 'its tmpfs has no size, and can fill the memory of its host'),
    );
};

/** How a service runs, and what it leaves behind. */
export const running: readonly ManifestControl[] = [
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.1',
    title: 'Restarts have a bound',
    severity: 'LOW',
    rationale: 'A service that fails and starts for ever takes its host’s time and fills its logs.',
    standards: { 'cis-docker-1.6.0': ['5.15'] },
    parameters: { maxRestarts: integer({ default: 5, min: 1, max: 100 }) },
    evaluate: ({ field }, { maxRestarts }) =>
      departures([
        ...restartFaults(field.get('restart'), maxRestarts),
        ...deployedFaults(field.get('deploy', 'restart_policy'), maxRestarts),
      ]),
    repair: (_, faults) => {
      const fields = faults.map(({ said }) => said);
      const deployed = fields.filter(({ at }) => at.at(-1) !== 'restart');
      return deployed.length > 0
        ? setting(deployed, 5, 'sets max_attempts: 5')
        : setting(fields, 'on-failure:5', 'sets restart: on-failure:5');
    },
    remediation: {
      advice: 'Set restart: on-failure:5, or deploy.restart_policy with max_attempts: 5.',
      url: services,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.2',
    title: 'Logs are rotated',
    severity: 'LOW',
    rationale: 'A log without a bound fills the disk of the host.',
    standards: {},
    evaluate({ field }) {
      const said = field.get('logging');
      if (!kept.has(sureText(said.get('driver')) ?? '')) return departures([]);
      const size = said.get('options', 'max-size');
      const isBound = /^[1-9]/.test(sureText(size) ?? '');
      return departures(isBound ? [] : [fault(size, '10m', 'its log can grow without a limit')]);
    },
    repair: ({ field }) => {
      const logging = field.get('logging');
      const options = { 'max-size': '10m', 'max-file': '3' };
      const summary = 'rotates logs of 10 MB, three of them';
      if (!logging.isSet) return setting([logging], { driver: 'json-file', options }, summary);
      const missing = Object.entries(options).filter(
        ([name]) => name === 'max-size' || !logging.get('options', name).isSet,
      );
      return {
        summary,
        edits: missing.map(([name, value]) => ({
          path: [...logging.at, 'options', name],
          value,
        })),
      };
    },
    remediation: {
      advice:
        'Set logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }, or the driver local.',
      url: logging,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.10',
    title: 'Temporary files are in a tmpfs with a size',
    severity: 'LOW',
    rationale:
      'Without one a read-only service fails; without a size it can fill the memory of its host.',
    standards: {},
    evaluate: (service) =>
      service.isReadOnly || service.mounts.some(({ kind }) => kind === 'tmpfs')
        ? departures(tmpfsFaults(service))
        : notApplicable('it writes to its root file system'),
    repair: (_, faults) => ({
      why: `only you know how much it writes: ${faults.map(({ said }) => said.text() ?? '/tmp').join(', ')} with :size=<most>`,
    }),
    remediation: {
      advice: 'Write tmpfs: ["/tmp:size=64M"], with each folder that it writes to for a while.',
      url: services,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.7',
    title: 'What is kept is in named volumes',
    severity: 'LOW',
    rationale:
      'A folder of the host has the owners and rights of the host; a volume without a name is lost with its container.',
    standards: {},
    evaluate: ({ mounts }) =>
      departures(
        mounts.flatMap(({ kind, isReadOnly, said }) => {
          if (kind === 'anonymous') return [fault(said, 'a named volume', 'a volume has no name')];
          return kind === 'bind' && !isReadOnly
            ? [fault(said, 'a named volume, or read-only', 'it can write to a folder of the host')]
            : [];
        }),
      ),
    remediation: {
      advice: 'Declare a volume in volumes, and name it; mount files of configuration read-only.',
      url: volumes,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.9',
    title: 'No container has a device of its host',
    severity: 'MEDIUM',
    rationale: 'With a disk or the memory as a device a container reads all of its host.',
    standards: { 'cis-docker-1.6.0': ['5.18'] },
    evaluate: ({ field, mounts }) =>
      departures(
        [
          ...['devices', 'device_cgroup_rules'].flatMap((key) => field.get(key).items()),
          ...mounts
            .filter(({ kind, source }) => kind === 'bind' && isHostDevice(source ?? ''))
            .map(({ said }) => said),
        ].map((said) => fault(said, 'no device', 'it has a device of the host')),
      ),
    repair: removingFaults('takes the device out'),
    remediation: {
      advice: 'Take devices and device_cgroup_rules out; exempt the service that needs one.',
      url: services,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.11',
    title: 'No mount spreads between a container and its host',
    severity: 'MEDIUM',
    rationale: 'What a container mounts in a shared folder shows on the host.',
    standards: { 'cis-docker-1.6.0': ['5.20'] },
    evaluate: ({ mounts }) =>
      departures(
        mounts
          .filter(({ isShared }) => isShared)
          .map(({ said }) =>
            fault(said, 'rprivate', 'what is mounted in it appears on its host, too'),
          ),
      ),
    remediation: {
      advice: 'Take shared and rshared out of the options of the mount.',
      url: volumes,
    },
  }),
];
