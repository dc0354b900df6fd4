import { fieldOf } from './entra-mapping.ts';
import { errorDetail, type ScimConnection, type ScimRequest, TransientFailure } from './scim-connection.ts';

/** What an identity provider's test of the connection found. */
export interface ConnectionTest {
  ok: boolean;
  detail: string;
}

/**
 * Asks for a list, as tests of a connection do.
 *
 * @param foundMax how many the list may have at most
 * @returns what is wrong with the answer, or null
 */
export async function listComplaint(
  connection: ScimConnection,
  request: ScimRequest,
  foundMax: number,
): Promise<string | null> {
  try {
    const answer = await connection.send(request);
    const resources = fieldOf(answer.body, 'Resources');
    if (answer.status !== 200) return `${answer.kind} answered ${answer.status}: ${errorDetail(answer.text)}`;
    if (!Array.isArray(resources)) return `${answer.kind} answered 200, but without a list of Resources.`;
    if (resources.length > foundMax) return `${answer.kind} found what cannot exist.`;
    return /^application\/(scim\+)?json\b/i.test(answer.contentType)
      ? null
      : `${answer.kind} answered with content type "${answer.contentType}".`;
  } catch (error) {
    if (error instanceof TransientFailure) return `${error.kind}: ${error.message}`;
    throw error;
  }
}
