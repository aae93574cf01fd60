import type { ReactElement } from 'react';

const docType =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/**
 * A React Email template as HTML. React Email's own `render` does the same through an import that
 * Jest cannot follow; the import stays dynamic, since Next refuses a static one beside its pages.
 */
export async function renderHtml(element: ReactElement): Promise<string> {
  const { renderToStaticMarkup } = await import('react-dom/server');
  return docType + renderToStaticMarkup(element);
}
