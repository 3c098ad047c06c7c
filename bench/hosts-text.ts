import { megabytes, table } from './figures.ts';
import { benchHosts } from './hosts.ts';

const intro =
  'Booted hosts, audited by the SSM documents through the local agent (all areas but `deep`, one after the other), then hardened (all areas, nothing installed):';

/** The figures of hosts, or why there are none, as a part of the README. */
export const hostsText = async (): Promise<string> => {
  const figures = await benchHosts();
  if (typeof figures === 'string') return `Hosts were not measured: ${figures}.`;
  const rows = figures.map((each) => [
    each.title,
    `**${each.auditSeconds.toFixed(1)} s**`,
    each.slowest,
    megabytes(each.peakBytes),
    `**${each.hardenSeconds.toFixed(1)} s**`,
    String(each.changed),
  ]);
  const head = [
    'a booted host',
    'full audit',
    'slowest area',
    'at the peak',
    'hardened',
    'changed',
  ];
  return `${intro}\n\n${table(head, rows)}`;
};
