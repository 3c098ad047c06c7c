import { auditHosts } from '../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { createHostWorld, type HostWorld } from './host-world.ts';
import { compliant, type Prints } from './host-world-catalogue.ts';

const minute = 60_000;

/** For each test a world with one host, `i-1`, which prints what the test wants. */
export const givenHost = () => {
  let world: HostWorld;
  let host: ReturnType<HostWorld['add']>;
  let prints: Prints;
  beforeEach(async () => {
    world = await createHostWorld();
    prints = compliant;
    host = world.add('i-1', (area) => prints(area));
  });
  afterEach(() => world.remove());
  /** Sends the audit a minute later. */
  const ask = async () => {
    world.later(minute);
    await auditHosts([{ audit: 'all' }], world.hosts);
  };
  return {
    world: () => world,
    print: (what: Prints) => {
      prints = what;
    },
    setRunning: (value: boolean) => host.setRunning(value),
    ask,
    /** Audits it and takes what it says. */
    audit: async () => {
      await ask();
      return world.listen();
    },
    statusOf: (control: string) => world.findingOf('i-1', control)?.Compliance?.Status,
    /** What is known of it. */
    picture: () =>
      structuredClone({
        controls: world.rowOf('i-1')?.controls,
        finding: world.findingOf('i-1', 'PL.SSH.1'),
      }),
  };
};
