import type { DescribeNotebookInstanceOutput } from '@aws-sdk/client-sagemaker';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { sagemaker } from '../../services/sagemaker.ts';
import { tagsIn } from '../described.ts';
import { gathered } from '../gathered.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => sagemaker.arn('notebook-instance', ref, ref.id);

const shown = (notebook: DescribeNotebookInstanceOutput) => ({
  status: notebook.NotebookInstanceStatus,
  /** `Enabled` unless whoever made it said otherwise, and so is `rootAccess`. */
  internetAccess: notebook.DirectInternetAccess,
  rootAccess: notebook.RootAccess,
  /** `undefined` where it is in a network of SageMaker's. */
  subnet: notebook.SubnetId,
});

const isChanging = (value: unknown): boolean =>
  /^(Pending|Stopping|Updating|Deleting)$/.test(String(Object(value).status));

/** A notebook instance of SageMaker; its id is its name. */
export const notebookInstance = defineResourceType({
  type: 'AWS::SageMaker::NotebookInstance',
  scope: 'regional',
  securityHubType: 'AwsSageMakerNotebookInstance',
  live: {
    // "RecordNotFound" is the message of this error; a name that is there is never refused by it.
    gone: ['ValidationException'],
    settlesAfterSeconds: 30,
    unsettled: { facet: 'notebook', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: sagemaker.eventSource,
        calls: {
          CreateNotebookInstance: 'created',
          UpdateNotebookInstance: ['notebook'],
          DeleteNotebookInstance: 'deleted',
        },
        idsIn: named({ request: ['notebookInstanceName'] }),
      },
    ],
    list: {
      actions: ['sagemaker:ListNotebookInstances'],
      page: async (reader, token) => {
        const { NotebookInstances = [], NextToken } = await reader.call(
          'sagemaker',
          'listNotebookInstances',
          { MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        return {
          resources: NotebookInstances.flatMap(({ NotebookInstanceName: id }) =>
            id ? [{ id }] : [],
          ),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['sagemaker:ListTags'],
    read: async (reader, ref) => {
      const pages = reader.pages('sagemaker', 'listTags', { ResourceArn: arn(ref) });
      return { arn: arn(ref), tags: tagsIn(await gathered(pages, ({ Tags }) => Tags)) };
    },
  },
  facets: {
    notebook: {
      actions: ['sagemaker:DescribeNotebookInstance'],
      read: async (reader: Reader, { id }: Ref) =>
        shown(
          await reader.call('sagemaker', 'describeNotebookInstance', { NotebookInstanceName: id }),
        ),
      comparable: (value) => ({ ...Object(value), status: undefined }),
    },
  },
});
