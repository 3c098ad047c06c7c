import type { CreateNotebookInstanceInput } from '@aws-sdk/client-sagemaker';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, ImageId, nameOf, type Turn } from './turn.ts';

type Notebook = Partial<CreateNotebookInstanceInput>;

const createNotebook = async (clients: Clients, name: string, differing: Notebook) =>
  (await clients('sagemaker')).createNotebookInstance({
    ...{ NotebookInstanceName: name, InstanceType: 'ml.t3.medium', SubnetId: 'subnet-1' },
    ...{ RoleArn: `arn:aws:iam::${account}:role/notebooks`, DirectInternetAccess: 'Disabled' },
    ...{ RootAccess: 'Disabled' },
    ...differing,
  });

/** AWS moves no notebook to another network, and the local AWS changes none: it is deleted, and made again. */
const notebook = (control: string, wrong: Notebook): Turn => {
  const again = async (clients: Clients, NotebookInstanceName: string, differing: Notebook) => {
    const sagemaker = await clients('sagemaker');
    await sagemaker.stopNotebookInstance({ NotebookInstanceName });
    await sagemaker.deleteNotebookInstance({ NotebookInstanceName });
    await createNotebook(clients, NotebookInstanceName, differing);
  };
  return {
    control,
    type: 'AWS::SageMaker::NotebookInstance',
    make: async (clients) => {
      const name = nameOf('turn');
      await createNotebook(clients, name, {});
      return name;
    },
    wrong: (clients, name) => again(clients, name, wrong),
    right: (clients, name) => again(clients, name, {}),
  };
};

const createConfiguration = async (
  clients: Clients,
  LaunchConfigurationName: string,
  HttpTokens: 'required' | 'optional',
  HttpPutResponseHopLimit = 1,
) => {
  await (await clients('autoscaling')).createLaunchConfiguration({
    ...{ LaunchConfigurationName, ImageId, InstanceType: 't3.micro' },
    MetadataOptions: { HttpTokens, HttpPutResponseHopLimit },
  });
};
/** Nobody changes a launch configuration: another one of its name takes its place. */
const again = async (
  clients: Clients,
  id: string,
  tokens: 'required' | 'optional',
  hops?: number,
) => {
  await (await clients('autoscaling')).deleteLaunchConfiguration({ LaunchConfigurationName: id });
  await createConfiguration(clients, id, tokens, hops);
};

export const machineTurns: readonly Turn[] = [
  notebook('SageMaker.2', { SubnetId: undefined }),
  notebook('SageMaker.3', { RootAccess: 'Enabled' }),
  {
    control: 'AutoScaling.3',
    type: 'AWS::AutoScaling::LaunchConfiguration',
    make: async (clients) => {
      const name = nameOf('turn');
      await createConfiguration(clients, name, 'required');
      return name;
    },
    wrong: (clients, id) => again(clients, id, 'optional'),
    right: (clients, id) => again(clients, id, 'required'),
  },
  {
    control: 'AutoScaling.4',
    type: 'AWS::AutoScaling::LaunchConfiguration',
    make: async (clients) => {
      const name = nameOf('turn');
      await createConfiguration(clients, name, 'required');
      return name;
    },
    wrong: (clients, id) => again(clients, id, 'required', 2),
    right: (clients, id) => again(clients, id, 'required'),
  },
];
