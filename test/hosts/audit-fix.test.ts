import { expect } from '@jest/globals';
import { hardened, listing } from './files/files-harden.ts';
import { describeOnRoots, verdict, withRoot } from './files/files-root.ts';
import { type Fixes, fixCases } from './fix-cases.ts';

const fixes: Fixes = {
  'a small log, and one that halts the host': [
    'PL.AUD.9',
    "sed -i 's/^max_log_file = .*/max_log_file = 2/; s/^admin_space_left_action = .*/admin_space_left_action = halt/' /etc/audit/auditd.conf",
    "grep -E '^(max_log_file|admin_space_left_action|flush) = ' /etc/audit/auditd.conf",
    'flush = INCREMENTAL_ASYNC\nmax_log_file = 8\nadmin_space_left_action = SUSPEND',
  ],
  'what others may read of the audit': [
    'PL.AUD.10',
    'chmod 755 /var/log/audit; chmod 666 /etc/audit/auditd.conf',
    'stat -c %a /var/log/audit /etc/audit/auditd.conf',
    '750\n640',
  ],
  'packages without a signature': [
    'PL.UPD.4',
    'echo \'APT::Get::AllowUnauthenticated "yes";\' >/etc/apt/apt.conf.d/60own',
    'apt-config dump | grep AllowUnauthenticated',
    'APT::Get::AllowUnauthenticated "false";',
  ],
};

describeOnRoots('fixes of the audit and of updates', (base) => {
  fixCases(base, fixes);

  test('rules that panic the kernel are left to a person, by name', async () => {
    await withRoot(base(), "echo '-f 2' >/etc/audit/rules.d/99-last.rules", async (root) => {
      const before = await listing(root);
      expect(verdict(root, 'PL.AUD.9')).toMatchObject({ s: 'FAIL', e: 'panic' });
      expect(hardened(root, 'PL.AUD.9').results.get('PL.AUD.9')).toMatchObject({
        o: 'refused',
        why: 'panic_in_rules',
      });
      expect(await listing(root)).toBe(before);
    });
  });
});
