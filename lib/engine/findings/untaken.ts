import { clip } from '../../support/clip.ts';
import { plural } from '../../support/plural.ts';
import type { Notification } from '../remediation/notification.ts';
import type { Finding } from './finding.ts';

/** SNS takes 256 KB. */
const mostNamed = 100;
const mostSaid = 1500;

const lineOf = ({ Id, Title, Severity, Resources, Description }: Finding): string =>
  clip(`${Severity.Label} ${Title} ${Resources[0]?.Id ?? ''}: ${Description} (${Id})`, mostSaid);

/** What people are told of failures that Security Hub does not take. */
export const untakenNotice = (findings: readonly Finding[], why: string): Notification => {
  const count = plural(findings.length, 'finding');
  const more = findings.length - mostNamed;
  return {
    subject: `Plumbline: ${count} that Security Hub did not take`,
    message: [
      `Security Hub did not take ${count}: ${clip(why, mostSaid)}. Each is tried again, and told here once.`,
      ...findings.slice(0, mostNamed).map(lineOf),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
  };
};
