import { notebookInstance } from '../../../lib/resources/sagemaker/notebook-instance.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(notebookInstance);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(notebookInstance, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

beforeAll(async () => {
  const sagemaker = await aws.clients()('sagemaker');
  const InstanceType = 'ml.t3.medium' as const;
  const made = { InstanceType, RoleArn: `arn:aws:iam::${accountId}:role/notebooks` };
  await sagemaker.createNotebookInstance({ ...made, NotebookInstanceName: 'read-open' });
  await sagemaker.createNotebookInstance({
    ...{ ...made, NotebookInstanceName: 'read-closed', SubnetId: 'subnet-0a1b2c3d4e5f60718' },
    ...{ DirectInternetAccess: 'Disabled', RootAccess: 'Disabled' },
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
}, 60_000);

describe('a notebook instance of SageMaker', () => {
  it('shows how it reaches the internet, who is root, and where it is', async () => {
    const { notebook } = Object(await read('read-open', 'notebook'));
    expect(notebook.value).toMatchObject({ internetAccess: 'Enabled', subnet: undefined });
    expect(notebook.value.rootAccess).not.toBe('Disabled');
    expect(await read('read-closed', 'notebook')).toMatchObject({
      notebook: {
        value: {
          ...{ internetAccess: 'Disabled', rootAccess: 'Disabled' },
          subnet: 'subnet-0a1b2c3d4e5f60718',
        },
      },
    });
  });

  it('that is not there is gone', async () => {
    expect(await read('never-made', 'notebook')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(notebookInstance, 'example')).toEqual({
      notebook: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const arn = `arn:aws:sagemaker:${region}:${accountId}:notebook-instance/read-closed`;
    expect(await read('read-closed', 'about')).toEqual({
      about: { value: { arn, tags: { data: 'secret' } } },
    });
    const { resources } = await notebookInstance.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id: 'read-closed' }]));
  });

  it('settles', () => {
    const { unsettled } = notebookInstance.live;
    expect(unsettled?.while({ status: 'Updating' })).toBe(true);
    expect(unsettled?.while({ status: 'Stopped' })).toBe(false);
  });
});
