import { indexShell, type IndexShellArgs } from './shell';

/** The most that Systems Manager takes as the content of a document: 64 KB (CreateDocument, API reference). */
export const MAX_DOCUMENT_BYTES = 64 * 1024;

/** Hours that an index build on a big collection may take before Run Command gives up on it. */
const TIMEOUT_HOURS = 12;

/** A Command document of Systems Manager, as JSON, that runs the script where it is sent. */
export function indexDocument(args: IndexShellArgs): string {
  return JSON.stringify({
    schemaVersion: '2.2',
    description: 'Creates the indexes of the document database: what is missing, and drops nothing',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'createIndexes',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: String(TIMEOUT_HOURS * 3600), runCommand: indexShell(args) },
      },
    ],
  });
}
