import { ecrRepository } from '../../../lib/resources/ecr/ecr-repository.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(ecrRepository);

const facets = Object.keys(ecrRepository.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(ecrRepository, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read/repository-full', 'read-repository-bare'];
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Sid: 'open', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' },
});

describe('a repository', () => {
  beforeAll(async () => {
    const ecr = await aws.clients()('ecr');
    await ecr.createRepository({
      repositoryName: full,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: 'IMMUTABLE',
      tags: [{ Key: 'data', Value: 'secret' }],
    });
    await ecr.setRepositoryPolicy({ repositoryName: full, policyText: policy });
    await ecr.putLifecyclePolicy({
      repositoryName: full,
      lifecyclePolicyText: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            selection: {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: 14,
            },
            action: { type: 'expire' },
          },
        ],
      }),
    });
    await ecr.createRepository({ repositoryName: bare });
  }, 60_000);

  it('that has everything shows it', async () => {
    expect(await read(full, ...facets)).toEqual({
      scanning: { value: { isEnhanced: false, isByRule: false, isOnPush: true } },
      imageTags: { value: { mutability: 'IMMUTABLE', exclusions: [] } },
      lifecycle: { value: { isThere: true } },
      policy: { value: policy },
    });
  });

  it('that has nothing shows neither policy', async () => {
    expect(await read(bare, ...facets)).toEqual({
      scanning: { value: { isEnhanced: false, isByRule: false, isOnPush: false } },
      imageTags: { value: { mutability: 'MUTABLE', exclusions: [] } },
      lifecycle: { value: undefined },
      policy: { value: undefined },
    });
  });

  it('is scanned by the rules of the registry whose filters its name meets', async () => {
    const ecr = await aws.clients()('ecr');
    const ruleOf = (filter: string) =>
      ecr.putRegistryScanningConfiguration({
        scanType: 'BASIC',
        rules: [
          {
            scanFrequency: 'SCAN_ON_PUSH',
            repositoryFilters: [{ filter, filterType: 'WILDCARD' }],
          },
        ],
      });
    const isByRule = async () => Object(await read(bare, 'scanning')).scanning.value.isByRule;
    for (const filter of ['*', 'read-*', 'repository']) {
      await ruleOf(filter);
      expect(await isByRule()).toBe(true);
    }
    await ruleOf('prod*');
    expect(await isByRule()).toBe(false);
    await ecr.putRegistryScanningConfiguration({ scanType: 'BASIC', rules: [] });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(ecrRepository, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(full, 'about')).toEqual({
      about: {
        value: {
          arn: `arn:aws:ecr:${region}:${accountId}:repository/${full}`,
          tags: { data: 'secret' },
        },
      },
    });
  });

  it('is listed', async () => {
    const { resources } = await ecrRepository.live.list.page(aws.reader(), undefined);
    expect(resources.map(({ id }) => id)).toContain(full);
  });

  it.each<[string, object, unknown]>([
    ['its name', { requestParameters: { repositoryName: 'app' } }, ['app']],
    ['a setting of the registry, which is of all', { requestParameters: { rules: [] } }, 'all'],
  ])('is named by %s', (_, detail, ids) => {
    const [announcement] = ecrRepository.live.announcements;
    expect(announcement?.idsIn({ eventName: 'Any', ...detail }, accountId)).toEqual(ids);
  });
});
