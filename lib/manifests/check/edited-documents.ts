import type { Format } from './format.ts';

/** Changes documents of YAML and JSON. */
export const editedDocuments: Format['edited'] = async (text, changes) => {
  const { editDocuments } = await import('../../templates/edit/edit-documents.ts');
  return editDocuments(text, changes);
};
