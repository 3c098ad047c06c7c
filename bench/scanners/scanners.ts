import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackPackages } from '../../lib/local/hosts/apt.ts';
import { cacheFolder, madeOnce } from '../../lib/local/hosts/cache.ts';
import { type Distribution, debian12 } from '../../lib/local/hosts/distributions.ts';
import { keyringOf } from '../../lib/local/hosts/tools.ts';
import type { Administered } from '../../test/hosts/booted-transaction/hosts.ts';

/** The packages of a distribution that scan it. */
const scanners = ['lynis', 'openscap-scanner', 'ssh-audit'];
/** They, and the package by which OpenSCAP knows a machine that has a kernel of its own. */
export const scannerPackages = [...scanners, 'linux-base'];

export interface Scanned {
  /** Of 100. */
  readonly lynis: number;
  /** What lynis would still have done, by the ids of its tests. */
  readonly suggestions: readonly string[];
  readonly scapPassed: number;
  /** Rules of the profile that do not hold, by their short names. */
  readonly scapFailed: readonly string[];
  /** Lines of ssh-audit that are failures. */
  readonly sshFailures: readonly string[];
  readonly failedUnits: readonly string[];
}

const profile = 'xccdf_org.ssgproject.content_profile_cis_level1_server';
const streamNames: Readonly<Record<string, string>> = {
  'debian-12': 'ssg-debian12-ds.xml',
  'ubuntu-24.04': 'ssg-ubuntu2404-ds.xml',
};

/** The data streams of ComplianceAsCode as Debian unstable has them: older packages have no CIS profile for Debian 12. */
const dataStreams = () =>
  madeOnce(cacheFolder('data-streams-1'), async (folder) => {
    const extraSource = `deb [signed-by=${await keyringOf(debian12)}] http://deb.debian.org/debian sid main`;
    await unpackPackages(['ssg-debian', 'ssg-debderived'], folder, { extraSource });
  });

const streamVersion = async () => {
  const notes = join(await dataStreams(), 'usr/share/doc/ssg-debian/changelog.Debian.gz');
  return /\((.*?)\)/.exec(gunzipSync(await readFile(notes)).toString())?.[1];
};

/** Installs the scanners on a host whose base has downloaded them; returns who they are. */
export const install = async (at: Administered, { name }: Distribution): Promise<string> => {
  const streams = join(await dataStreams(), 'usr/share/xml/scap/ssg/content');
  await copyFile(join(streams, streamNames[name] ?? ''), join(at.host.path, 'root/stream.xml'));
  const command = 'apt-get -y -q --no-install-recommends install';
  const versions = await at.say(`export DEBIAN_FRONTEND=noninteractive
    ${command} ${scannerPackages.join(' ')} >/dev/null 2>&1
    dpkg-query -W -f '\${Package} \${Version}, ' ${scanners.join(' ')}`);
  return `${versions} ssg-debian ${await streamVersion()}`;
};

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

/** What the scanners say of a host. */
export const scanned = async (at: Administered): Promise<Scanned> => {
  await at.say('lynis audit system --quiet --no-colors --no-plugins >/dev/null 2>&1');
  const report = (key: string) => at.say(`sed -n 's/^${key}=//p' /var/log/lynis-report.dat`);
  await at.say(
    `oscap xccdf eval --profile ${profile} /root/stream.xml >/root/scap.out 2>/root/scap.err`,
  );
  const rules = (result: string) =>
    at.say(`tr -d '\\r' </root/scap.out | awk '$1 == "Rule" { rule = $2 } $1 == "Result" && $2 == "${result}" { print rule }' |
      sed 's/.*_rule_//'`);
  return {
    lynis: Number(await report('hardening_index')),
    suggestions: lines(await report('suggestion\\[\\]')).map((line) =>
      line.split('|').slice(0, 3).join(' '),
    ),
    scapPassed: lines(await rules('pass')).length,
    scapFailed: lines(await rules('fail')),
    sshFailures: lines(await at.say('ssh-audit --no-colors 127.0.0.1 | grep -F "[fail]"')),
    failedUnits: lines(await at.say('systemctl --failed --plain --no-legend | cut -d " " -f 1')),
  };
};
