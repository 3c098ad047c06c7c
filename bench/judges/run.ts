import { baseRoot } from '../../lib/local/hosts/base-root.ts';
import { type Distribution, debian12, ubuntu2404 } from '../../lib/local/hosts/distributions.ts';
import { whyNoHosts } from '../../lib/local/hosts/trouble.ts';
import { administered } from '../../test/hosts/booted-transaction/hosts.ts';
import { table } from '../figures.ts';
import { choicesOfLynis, controlOf, everyBreaking, hardenAll } from './harden.ts';
import { type Judgement, judge, judgePackages, seat } from './judges.ts';

type Say = (sentence: string) => void;

/** What outside judges say of hosts before and after, as a part of the README. */
export const judgeHosts = async (say: Say): Promise<string> => {
  const trouble = whyNoHosts();
  if (trouble !== undefined) return `The outside judges were not asked: ${trouble}.`;
  const parts: string[] = [];
  for (const distribution of [debian12, ubuntu2404]) parts.push(await judged(distribution, say));
  return parts.join('\n\n');
};

const judged = async (distribution: Distribution, say: Say): Promise<string> => {
  const { title } = distribution;
  const base = await baseRoot(distribution, { downloaded: judgePackages, onStep: say });
  const at = await administered(base);
  try {
    const judges = await seat(at, distribution);
    const look = async (stage: string) => {
      // Until the first session Ubuntu's sshd does not say its values to whoever asks as the judges do.
      const login = await at.login();
      const found = await judge(at);
      say(`${title}, ${stage}: ${JSON.stringify(found)}`);
      return { stage, ...found, login: login === 'alice' ? 'yes' : `no: ${login}` };
    };
    const before = await look('before');
    const first = await hardenAll(at);
    say(`left: ${first.left.join('; ')}`);
    const after = await look(`after, ${first.changed} controls changed`);
    const named = [...new Set([...everyBreaking, ...Object.keys(choicesOfLynis).map(controlOf)])];
    const more = await hardenAll(at, named, choicesOfLynis);
    say(`left: ${more.left.join('; ')}`);
    await at.host.reboot();
    const last = await look(
      `and ${more.changed} that must be named or are as lynis asks, and a reboot`,
    );
    return `${title} (${judges}):\n\n${tableOf([before, after, last])}`;
  } finally {
    await at.remove();
  }
};

type Look = Judgement & { readonly stage: string; readonly login: string };
const tableOf = (looks: readonly Look[]) =>
  table(
    [
      '',
      'lynis',
      'CIS level 1 server: passed, failed',
      'ssh-audit failures',
      'failed units',
      'login by key',
    ],
    looks.map((look) => [
      look.stage,
      String(look.lynis),
      `${look.scapPassed}, ${look.scapFailed.length}`,
      String(look.sshFailures.length),
      look.failedUnits.join(', ') || 'none',
      look.login,
    ]),
  );
