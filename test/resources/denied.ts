import { sdkClients } from '../../lib/aws/clients.ts';
import { createReader } from '../../lib/aws/reader.ts';
import { startMoto } from '../../lib/local/moto/moto.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import { accountId, refOf, region } from './aws.ts';

/** What somebody reads who may read nothing: every facet of a type, and ARN and tags. */
export const deniedReading = async (
  type: AnyResourceType,
  id: string,
  settings: Readonly<Record<string, unknown>> = {},
) => {
  const moto = await startMoto();
  const clientsOf = (accessKeyId: string, secretAccessKey: string, at = region) =>
    sdkClients({ region: at, endpoint: moto.url, credentials: { accessKeyId, secretAccessKey } });
  try {
    const iam = await clientsOf('test', 'test')('iam');
    await iam.createUser({ UserName: 'nobody' });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'nobody' });
    const clientsIn = (at: string) =>
      clientsOf(AccessKey?.AccessKeyId ?? '', AccessKey?.SecretAccessKey ?? '', at);
    // From here on this moto asks each caller's policies.
    await fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    const reader = createReader({
      ...{ account: accountId, region, clients: clientsIn(region), clientsIn },
    });
    const names = [...Object.keys(type.facets), 'about'];
    const reading = await reader.read(type, refOf(id), names, settings);
    return reading.gone ? 'gone' : reading.facets;
  } finally {
    await moto.stop();
  }
};
