import { describe, expect, test } from '@jest/globals';
import { sampled } from '../extent.ts';
import {
  containerCases,
  type Described,
  questions,
  wholeOf,
} from '../manifests/container-cases.ts';
import { evaluatedBy } from './docker-audited.ts';
import { good, type Inspected } from './docker-inspect.ts';

/** As Docker tells of it once it runs. */
const inspectedOf = (described: Described): Inspected => {
  const {
    privileged,
    user,
    readOnly,
    drop,
    add,
    options,
    memory,
    cpus,
    pids,
    binds,
    host,
    logSize,
    groups,
    environment,
  } = wholeOf(described);
  const mode = (name: (typeof host)[number]) => (host.includes(name) ? 'host' : '');
  const container = good();
  container.Config.User = user;
  container.Config.Env = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  container.Mounts = binds.map((path) => ({
    Type: 'bind',
    Source: path.replace('ro:', ''),
    RW: !path.startsWith('ro:'),
  }));
  Object.assign(container.HostConfig, {
    Privileged: privileged,
    ReadonlyRootfs: readOnly,
    CapDrop: drop.map((name) => name.toUpperCase()),
    // Docker keeps them with what stands before them, but for ALL.
    CapAdd: add.map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`)),
    SecurityOpt: options,
    Memory: memory * 1_048_576,
    NanoCpus: cpus * 1_000_000_000,
    GroupAdd: groups,
    PidsLimit: pids === 0 ? null : pids,
    NetworkMode: mode('network') || 'front',
    PidMode: mode('pid'),
    IpcMode: mode('ipc') || 'private',
    UTSMode: mode('uts'),
    UsernsMode: mode('users'),
    LogConfig: { Type: 'json-file', Config: logSize === '' ? {} : { 'max-size': logSize } },
  });
  return container;
};

const asked = Object.entries(questions);
describe('a container that runs on a host is evaluated as the file that starts it', () => {
  test.each(sampled(Object.entries(containerCases), { quick: 6 }))(
    '%s',
    (_, [described, ...wrong]) => {
      const results = evaluatedBy(
        asked.map(([, { host }]) => host),
        { containers: [inspectedOf(described)] },
      );
      const found = asked.filter(([, { host }]) => results.get(host)?.s !== 'PASS');
      expect(found.map(([name]) => name).toSorted()).toEqual([...wrong].toSorted());
    },
  );
});
