import { iamServerCertificate } from '../../../lib/resources/iam/iam-server-certificate.ts';
import { awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { announced } from '../iam-announced.ts';

seesEveryFacet(iamServerCertificate);

const aws = awsForTests();
const id = 'facet-shop';

describe('a server certificate', () => {
  beforeAll(async () => {
    const iam = await aws.clients()('iam');
    await iam.uploadServerCertificate({
      ServerCertificateName: id,
      CertificateBody: 'not-read-here',
      PrivateKey: 'not-read-here',
    });
  });

  it('is read with its expiration', async () => {
    const reading = await aws.reader().read(iamServerCertificate, refOf(id), ['expiration']);
    expect(reading).toMatchObject({ facets: { expiration: { value: expect.any(String) } } });
  });

  it('is seen as gone', async () => {
    const reading = await aws.reader().read(iamServerCertificate, refOf('gone'), ['expiration']);
    expect(reading).toMatchObject({ gone: true });
  });

  it('is listed with what is read of it', async () => {
    const { resources } = await iamServerCertificate.live.list.page(aws.reader(), undefined);
    const expiration = await iamServerCertificate.facets.expiration.read(aws.reader(), refOf(id));
    expect(resources).toContainEqual({ id, facets: { expiration } });
  });

  it('tells its ARN', async () => {
    expect(await iamServerCertificate.about.read(aws.reader(), refOf(id))).toMatchObject({
      arn: `arn:aws:iam::123456789012:server-certificate/${id}`,
    });
  });

  it('is named by its events', () => {
    const requestParameters = { serverCertificateName: id, newServerCertificateName: 'shop-2027' };
    expect(
      announced(iamServerCertificate, 'UploadServerCertificate', {
        requestParameters: { serverCertificateName: id },
      }),
    ).toEqual([{ ids: [id], effect: 'created' }]);
    expect(
      announced(iamServerCertificate, 'UpdateServerCertificate', { requestParameters }),
    ).toEqual([{ ids: [id, 'shop-2027'], effect: ['expiration'] }]);
  });
});
