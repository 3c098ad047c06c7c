import { defineHostControls } from '../control.ts';
import { within } from '../parameters.ts';
import { cis } from '../references.ts';

const days = within({ default: 7, min: 1, max: 90 });

/** Packages that are new and that are whose they say. */
export const updates = defineHostControls([
  {
    id: 'PL.UPD.1',
    area: 'audit',
    title: 'Security updates are installed by themselves',
    severity: 'MEDIUM',
    rationale: 'Most hosts fall to what was put right weeks before.',
    references: { ...cis(['1.2.2.1']), lynis: ['PKGS-7420'] },
    // Its archives are those of one release: an update by itself would find none.
    where: ['!amazon'],
    check: { kind: 'own', name: 'updates' },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      where: ['debian'],
      advice:
        'Install unattended-upgrades with the security archive among its origins and APT::Periodic on; elsewhere dnf-automatic with apply_updates.',
    },
  },
  {
    id: 'PL.UPD.2',
    area: 'audit',
    title: 'No security update waits',
    severity: 'HIGH',
    rationale: 'An update that is published tells everybody where the hole is.',
    references: { ...cis(['1.2.2.1']), lynis: ['PKGS-7392'] },
    parameters: { days },
    check: { kind: 'own', name: 'pending-updates', args: [{ parameter: 'days' }] },
    remediation: {
      fix: 'report',
      advice:
        'Install them, best with Systems Manager Patch Manager; on Amazon Linux 2023 move to the next release.',
    },
  },
  {
    id: 'PL.UPD.3',
    area: 'audit',
    title: 'No update waits long for a reboot',
    severity: 'MEDIUM',
    rationale: 'Until then the old kernel and the old libraries run on.',
    references: { lynis: ['KRNL-5830'] },
    parameters: { days },
    check: { kind: 'own', name: 'reboot', args: [{ parameter: 'days' }] },
    remediation: { fix: 'report', advice: 'Reboot the host in a maintenance window.' },
  },
  {
    id: 'PL.UPD.4',
    area: 'audit',
    title: 'Packages are only taken with a signature',
    severity: 'HIGH',
    rationale: 'Without one whoever sits between installs what he likes as root.',
    references: cis(['1.2.1.1'], ['1.2.2']),
    check: { kind: 'own', name: 'signatures' },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      where: ['debian'],
      advice:
        'Take out AllowUnauthenticated, AllowInsecureRepositories and "trusted=yes"; in dnf.conf and its repositories set gpgcheck=1.',
    },
  },
]);
