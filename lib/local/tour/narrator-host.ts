import colors from 'picocolors';
import type { HostTold } from './host-told.ts';
import type { Tally } from './tour-host-findings.ts';

const detail = (name: string, text: string) => `        ${colors.dim(name.padEnd(10))}${text}`;
const seconds = (milliseconds: number) => colors.dim(`${(milliseconds / 1000).toFixed(1)} s`);

const failedText = ({ failed }: Tally): string => {
  const parts = Object.entries(failed).map(([severity, count]) => `${count} ${severity}`);
  const all = Object.values(failed).reduce((sum, count) => sum + count, 0);
  return parts.length > 0 ? `${all} failed (${parts.join(', ')})` : 'none failed';
};

/** Lines of what is told of a host. */
export const hostLines = (told: HostTold): readonly string[] => {
  switch (told.what) {
    case 'audited':
      return [
        `${colors.bold('AUDITED')} ${told.host}: ${failedText(told)}, ${told.passed} passed  ${seconds(told.milliseconds)}`,
        ...(told.before
          ? [detail('before', `${failedText(told.before)}, ${told.before.passed} passed`)]
          : []),
        ...told.worst.map(({ control, severity, title }, index) =>
          detail(index === 0 ? 'worst' : '', `${control} ${severity}: ${title}`),
        ),
      ];
    case 'login':
      return [
        `${told.user} logs in over SSH with a key, and is ${told.as}  ${seconds(told.milliseconds)}`,
      ];
    case 'command':
      return [
        [
          [colors.bold(told.outcome.toUpperCase()), told.reason].filter(Boolean).join(' '),
          seconds(told.milliseconds),
        ].join('  '),
        ...(told.changed.length > 0 ? [detail('changed', told.changed.join(' '))] : []),
        ...told.refused.map(({ control, why }) => detail('refused', `${control}: ${why}`)),
      ];
  }
};

/** How the host is audited and hardened by hand. */
export const hostByHand = ({ instanceId, audits }: Host): readonly string[] => [
  `The host ${colors.bold(instanceId)} is up. What was changed on it is taken back unless it is confirmed:`,
  '',
  `  aws ssm send-command --instance-ids ${instanceId} --document-name Plumbline-HardenHost-kernel --parameters DryRun=no`,
  `  aws ssm get-command-invocation --instance-id ${instanceId} --query StandardOutputContent --output text --command-id ID`,
  `  aws ssm send-command --instance-ids ${instanceId} --document-name Plumbline-ConfirmHost --parameters Id=ID`,
  `  curl -X POST ${audits}`,
  '',
  colors.dim(
    'ID is the CommandId that the first one gives. The last one has the host audited again: findings are shown here.',
  ),
  '',
];
export interface Host {
  readonly instanceId: string;
  /** Where all hosts are asked to be audited. */
  readonly audits: string;
}
