import { afterAll, beforeAll, expect } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHosts } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { ubuntu2204 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest } from '../../extent.ts';
import { describeOn } from '../harness.ts';
import { type Administered, administered } from './hosts.ts';

const areas = ['ssh', 'kernel', 'firewall', 'files', 'accounts'];
const audits = auditHosts(hostControls).filter(({ name }) =>
  areas.includes(name.replace(/.*-/, '')),
);
const given = { SSM_Areas: 'all', SSM_Controls: 'all', SSM_Parameters: 'none' };

// Tried every night. Older by two years than the others: OpenSSH 8.9, systemd 249, fail2ban 0.11, nftables 1.0.2.
describeOn([ubuntu2204], 'a host', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
  }, 300_000);
  afterAll(() => at?.remove());

  const audited = async () => {
    const verdicts = new Map<string, string>();
    for (const source of audits) {
      const { stdout, stderr } = await at.host.run(scriptOf(source, 'test'), {
        environment: given,
      });
      expect(stderr).toBe('');
      for (const { id, s } of JSON.parse(stdout).results) verdicts.set(id, s);
    }
    return verdicts;
  };

  nightTest(
    'is hardened, confirmed, audited, and taken back as it was',
    async () => {
      const before = { picture: await at.picture(), verdicts: await audited() };
      const runs: string[] = [];
      const changed = new Set<string>();
      for (const area of areas) {
        const { id, outcome, results } = await at.harden(area);
        expect([area, outcome]).toEqual([area, 'applied']);
        expect([area, await at.confirm(id)]).toMatchObject([area, { outcome: 'confirmed' }]);
        for (const [control, { o }] of results) if (o === 'changed') changed.add(control);
        runs.push(id);
      }
      expect(changed.size).toBeGreaterThan(20);
      const after = await audited();
      for (const [id, s] of after) {
        const expected = changed.has(id) ? 'PASS' : before.verdicts.get(id);
        expect([id, s]).toEqual([id, expected]);
      }
      expect(await at.login()).toBe('alice');
      for (const id of runs.toReversed())
        expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect([await at.picture(), await at.login()]).toEqual([before.picture, 'alice']);
    },
    240_000,
  );
});
