import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type BootedHost, bootHost } from '../../../lib/local/hosts/booted-host.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import type { OverlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { clientAddress } from '../../../lib/local/hosts/wire.ts';
import { sampled } from '../../extent.ts';
import { addUser, clientOf, describeOn, login, publicKeyOf } from '../harness.ts';

describeOn(sampled([debian12, ubuntu2404], { usual: 2 }), 'a login from another host', (base) => {
  let client: OverlayRoot;
  let host: BootedHost;
  beforeAll(async () => {
    client = await clientOf(base());
    host = await bootHost({ base: base(), client });
    await addUser(host, 'alice', { key: await publicKeyOf(client), password: 'correct horse' });
  });
  afterAll(async () => {
    await host?.stop();
    await client?.dispose();
  });

  it('takes her key', async () => {
    expect(await login(client, 'alice')).toMatchObject({ exitCode: 0, stdout: 'alice\n' });
  });

  it('takes her password, and no other', async () => {
    expect(await login(client, 'alice', { password: 'correct horse' })).toMatchObject({
      exitCode: 0,
      stdout: 'alice\n',
    });
    expect(await login(client, 'alice', { password: 'wrong' })).toMatchObject({ exitCode: 255 });
  });

  it('is not to be had by a stranger', async () => {
    const refused = await login(client, 'mallory');
    expect(refused.exitCode).toBe(255);
    expect(refused.stderr).toContain('Permission denied');
  });

  it('is there again after the host was started anew, and after a power cut', async () => {
    await host.reboot();
    expect(await login(client, 'alice')).toMatchObject({ stdout: 'alice\n' });
    await host.kill();
    await host.boot();
    expect(await login(client, 'alice')).toMatchObject({ stdout: 'alice\n' });
  });

  it('comes from where the host sees it come from', async () => {
    const { stdout } = await login(client, 'alice', { command: 'echo "$SSH_CONNECTION"' });
    expect(stdout.split(' ')[0]).toBe(clientAddress);
  });
});
