import type { MouseEvent } from 'react';
import { answer, heldBearer } from '../../api/client.ts';
import { isEmbedded } from '../../page-facts.ts';
import { useErrorWords } from '../text/error-text.ts';
import { useToast } from '../page/toast.tsx';
import { saveBlob } from './save-file.ts';

/** What makes a link one to a file of the service: `<Button component="a" {...download(address, name)}>`. */
export function useDownload() {
  const toast = useToast();
  const words = useErrorWords();
  return (href: string, name: string) => ({
    href,
    download: name,
    // A link carries no token: a page in a frame, which has no cookie, fetches the file itself.
    ...(isEmbedded && {
      onClick: (event: MouseEvent) => {
        event.preventDefault();
        fetchFile(href).then(
          (file) => saveBlob(name, file),
          (error: unknown) => toast(words(error).text),
        );
      },
    }),
  });
}

function fetchFile(href: string): Promise<Blob> {
  return answer(async () => {
    const headers = { Authorization: `Bearer ${heldBearer()}` };
    const response = await fetch(href, { headers, credentials: 'omit' });
    if (response.ok) return { data: await response.blob(), response };
    return { error: await response.json().catch(() => ({})), response };
  });
}
