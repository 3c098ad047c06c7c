/**
 * Hosts for tests: roots that are thrown away, and booted ones, on this machine. They need root on Linux; elsewhere the
 * tests are skipped and say why in their title. Tests that use them are in test/hosts/booted*, test/hosts/roots* and
 * test/local/hosts; `npm test` runs two files of them at once. What is fetched for them is kept in ~/.cache/plumbline.
 *
 *     describeOn([debian12, ubuntu2404], 'root login', (base) => {
 *       let host: BootedHost;
 *       beforeAll(async () => {
 *         host = await bootHost({ base: base() });
 *       });
 *       afterAll(() => host?.stop());
 *       it('…', async () => {
 *         const { exitCode, stdout } = await host.run('#!/bin/bash\nsshd -T', { environment: { SSM_Areas: 'ssh' } });
 *       });
 *     });
 *
 * `overlayRoot(base())` is a root that is not booted, at 20 ms, 100 more for the first command in it: `root.path` for its
 * files, `root.run(script)` for commands with processes, network and sysctls of their own, `root.dispose()`. Net keys are
 * real and private; those of kernel, fs, vm, dev and net/core are plain files, so that nothing reaches the machine.
 *
 * `bootHost({ base, prepare, client })` is a systemd with all of its services in a second; `prepare(root)` changes files
 * before the boot. `host.run` is the SSM agent running a step (script file, `sh -c`, cut output, exit 194); `host.path`
 * for files but those of /run and /dev; `host.reboot()`; `host.kill()` is a power cut, `host.boot()` starts it again;
 * `{ signal }` of an AbortController kills a script as kill -9 does. What fails by itself in such a host: auditd (needs
 * the first process namespace), systemd-timesyncd (does not start in a container), fail2ban as Debian ships it (there is
 * no /var/log/auth.log). There is no snap, AppArmor, EFI, Docker.
 *
 * A base has the packages of lib/local/hosts/distributions.ts; `describeOn(…, body, { packages: ['postgresql'] })` adds
 * some, `{ downloaded: ['chrony'] }` puts them where apt-get installs them from without a network, which no host has.
 *
 * `login` is a real one from a client host, which is an overlay root wired to the host: `clientOf(base())`, then
 * `bootHost({ base, client })`; the host is 192.0.2.2 and 2001:db8::2, the client 192.0.2.1, where it may listen as
 * whatever the host is to talk to. Each costs memory until it is disposed of, also where its test fails: use afterAll.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type BaseRootOptions, baseRoot } from '../../lib/local/hosts/base-root.ts';
import type { Distribution } from '../../lib/local/hosts/distributions.ts';
import { type OverlayRoot, overlayRoot } from '../../lib/local/hosts/overlay-root.ts';
import { whyNoHosts } from '../../lib/local/hosts/trouble.ts';

export { addUser, clientOf, login, publicKeyOf } from '../../lib/local/hosts/logins.ts';

/** What setup.mjs could not make, by the distribution's name. */
const troubles: Readonly<Record<string, string>> = JSON.parse(
  process.env['PLUMBLINE_TEST_ROOTS'] ?? '{}',
);

/** The one distribution that this run is for, as `debian-12`. @default - all */
const only = process.env['PLUMBLINE_DISTRIBUTION'];
/** Why nothing runs on such hosts here, if so. */
export const whyNoneOf = ({ name }: Distribution): string | undefined =>
  whyNoHosts() ??
  troubles[name] ??
  (only === undefined || only === name ? undefined : `this run is for ${only}`);

/** Describes something on each distribution, given its base root, or skips it and says why. */
export const describeOn = (
  distributions: readonly Distribution[],
  title: string,
  body: (base: () => string, distribution: Distribution) => void,
  more: Pick<BaseRootOptions, 'packages' | 'downloaded'> = {},
) => {
  for (const distribution of distributions) {
    const trouble = whyNoneOf(distribution);
    const name = `${title}, on ${distribution.title}`;
    if (trouble !== undefined)
      describe.skip(`${name} (skipped: ${trouble})`, () => body(() => '', distribution));
    else
      describe(name, () => {
        let base = '';
        beforeAll(async () => {
          base = await baseRoot(distribution, {
            ...more,
            onStep: (step) => process.stderr.write(`${step}\n`),
          });
        }, 600_000);
        body(() => base, distribution);
      });
  }
};

/** A root that is thrown away after the tests of the block, and is there from the first one on. */
export const givenRoot = (base: () => string): (() => OverlayRoot) => {
  let root: OverlayRoot | undefined;
  beforeAll(async () => {
    root = await overlayRoot(base());
  });
  afterAll(() => root?.dispose());
  return () => {
    if (!root) throw new Error('the root is there from the first test on');
    return root;
  };
};
