import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';
import { keysAre, keysFrom } from './sysctls.ts';

const advice = 'Set the named keys in a file of sysctl.d that is read last, and with sysctl -w.';

/** What users learn of the kernel and of each other's programs. */
export const memory = defineHostControls([
  {
    id: 'PL.KRN.1',
    area: 'kernel',
    title: 'Programs are laid out at random in memory',
    severity: 'MEDIUM',
    rationale: 'An exploit that knows its addresses works at the first try.',
    references: { ...cis(['1.5.1']), lynis: ['KRNL-6000'] },
    check: { kind: 'sysctl', settings: keysAre(2, ['kernel.randomize_va_space']) },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.2',
    area: 'kernel',
    title: 'Programs cannot look into those that they did not start',
    severity: 'MEDIUM',
    rationale: 'Keys and passwords lie in the memory of agents and browsers of the same user.',
    references: { ...cis(['1.5.2']), lynis: ['KRNL-6000'] },
    check: { kind: 'sysctl', settings: keysFrom(1, 1, ['kernel.yama.ptrace_scope']) },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.3',
    area: 'kernel',
    title: 'Privileged programs leave no core dump for others',
    severity: 'MEDIUM',
    rationale: 'A dump of a setuid program holds what its user must not read.',
    references: { ...cis(['1.5.3']), lynis: ['KRNL-6000'] },
    check: { kind: 'own', name: 'core-dumps' },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Set fs.suid_dumpable to 0, and "* hard core 0" in a file of /etc/security/limits.d.',
    },
  },
  {
    id: 'PL.KRN.4',
    area: 'kernel',
    title: 'Links, pipes and files in /tmp cannot be used against others',
    severity: 'MEDIUM',
    rationale: 'A link laid in /tmp makes a program of root write where the attacker wants.',
    references: { lynis: ['KRNL-6000'], 'dev-sec': ['sysctl-34'] },
    check: {
      kind: 'sysctl',
      settings: [
        ...keysAre(1, ['fs.protected_hardlinks', 'fs.protected_symlinks']),
        ...keysFrom(1, 1, ['fs.protected_fifos']),
        ...keysFrom(1, 2, ['fs.protected_regular']),
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.5',
    area: 'kernel',
    title: 'Addresses and messages of the kernel are kept from users',
    severity: 'LOW',
    rationale: 'They tell an exploit where to write.',
    references: { lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      settings: [
        ...keysFrom(1, 2, ['kernel.kptr_restrict']),
        ...keysAre(1, ['kernel.dmesg_restrict']),
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.6',
    area: 'kernel',
    title: 'Users cannot measure the kernel or load programs into it',
    severity: 'MEDIUM',
    rationale: 'Most ways from a user to root of the last years went through BPF and perf.',
    references: { lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      settings: [
        ...keysFrom(2, 2, ['kernel.perf_event_paranoid']),
        // 1 cannot be taken back until the next boot, 2 can.
        ...keysFrom(1, 2, ['kernel.unprivileged_bpf_disabled']),
        ...keysAre(2, ['net.core.bpf_jit_harden']),
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.7',
    area: 'kernel',
    title: 'The magic key of the console does nothing but sync',
    severity: 'LOW',
    rationale: 'Who reaches the console, the serial one of EC2 too, could kill and reboot with it.',
    references: { 'dev-sec': ['sysctl-30'], lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      // A mask: 4 is the keyboard, 16 sync. 1 means everything.
      settings: [{ name: 'kernel.sysrq', expect: { oneOf: [0, 4, 16] }, set: 0 }],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.KRN.9',
    area: 'kernel',
    title: 'The kernel cannot be replaced without a reboot',
    severity: 'LOW',
    rationale: 'With kexec root puts a kernel of its own in place, past secure boot.',
    references: { lynis: ['KRNL-6000'] },
    check: { kind: 'sysctl', settings: keysAre(1, ['kernel.kexec_load_disabled']) },
    remediation: {
      fix: 'report',
      advice:
        'Where no kdump is used, set kernel.kexec_load_disabled to 1: it lasts until the next boot.',
    },
  },
]);
