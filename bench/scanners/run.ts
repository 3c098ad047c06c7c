import { baseRoot } from '../../lib/local/hosts/base-root.ts';
import { type Distribution, debian12, ubuntu2404 } from '../../lib/local/hosts/distributions.ts';
import { whyNoHosts } from '../../lib/local/hosts/trouble.ts';
import { administered } from '../../test/hosts/booted-transaction/hosts.ts';
import { table } from '../figures.ts';
import { choicesOfLynis, controlOf, everyBreaking, hardenAll } from './harden.ts';
import { install, type Scanned, scanned, scannerPackages } from './scanners.ts';

type Say = (sentence: string) => void;

/** What outside scanners say of hosts before and after, as a part of the README. */
export const scanHosts = async (say: Say): Promise<string> => {
  const trouble = whyNoHosts();
  if (trouble !== undefined) return `The outside scanners were not asked: ${trouble}.`;
  const parts: string[] = [];
  for (const distribution of [debian12, ubuntu2404]) parts.push(await scannedOn(distribution, say));
  return parts.join('\n\n');
};

const scannedOn = async (distribution: Distribution, say: Say): Promise<string> => {
  const { title } = distribution;
  const base = await baseRoot(distribution, { downloaded: scannerPackages, onStep: say });
  const at = await administered(base);
  try {
    const scanners = await install(at, distribution);
    const look = async (stage: string) => {
      // Until the first session Ubuntu's sshd does not say its values to whoever asks as the scanners do.
      const login = await at.login();
      const found = await scanned(at);
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
    return `${title} (${scanners}):\n\n${tableOf([before, after, last])}`;
  } finally {
    await at.remove();
  }
};

type Look = Scanned & { readonly stage: string; readonly login: string };
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
