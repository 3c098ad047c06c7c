import type { Value } from '../../../lib/model/resource-type.ts';
import type { notebookInstance } from '../../../lib/resources/sagemaker/notebook-instance.ts';

type Notebook = Value<(typeof notebookInstance)['facets']['notebook']>;

/** A notebook in a subnet, without the internet and root. */
export const notebook = (given: Partial<Notebook> = {}): { notebook: Notebook } => ({
  notebook: {
    status: 'InService',
    internetAccess: 'Disabled',
    rootAccess: 'Disabled',
    subnet: 'subnet-0a1b2c3d4e5f60718',
    ...given,
  },
});
