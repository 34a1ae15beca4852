import { useLingui } from '@lingui/react/macro';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { Skeleton } from '../ui/Skeleton';

GlobalWorkerOptions.workerSrc = worker;

/** As sharp as most screens need, and no page so large that an old machine chokes on it. */
const scale = 1.5;

export interface PdfPagesProps {
  source: string;
  name: string;
  onFailed: () => void;
}

/** A PDF drawn page by page, as each comes into sight. No script in it runs, and nothing it asks for elsewhere is fetched. */
export function PdfPages({ source, name, onFailed }: PdfPagesProps) {
  const { t } = useLingui();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const failed = useRef(onFailed);
  failed.current = onFailed;
  useEffect(() => {
    const loading = getDocument({ url: source, isEvalSupported: false, enableXfa: false, useWasm: false, disableAutoFetch: true, useSystemFonts: true });
    let left = false;
    loading.promise.then(
      (found) => !left && setPdf(found),
      () => !left && failed.current(),
    );
    return () => {
      left = true;
      void loading.destroy();
    };
  }, [source]);
  if (!pdf) return <Skeleton lines={6} />;
  return (
    <div className="e-preview__pages" tabIndex={0} role="group" aria-label={t`Pages de ${name}`}>
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <PdfPage key={index} pdf={pdf} number={index + 1} />
      ))}
    </div>
  );
}

function PdfPage({ pdf, number }: { pdf: PDFDocumentProxy; number: number }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [seen, setSeen] = useState(false);
  const total = pdf.numPages;
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true), { rootMargin: '600px' });
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (!seen) return;
    let left = false;
    void pdf.getPage(number).then(async (page) => {
      const canvas = box.current?.querySelector('canvas');
      if (left || !canvas) return;
      const viewport = page.getViewport({ scale });
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await page.render({ canvas, viewport }).promise;
      const content = await page.getTextContent();
      if (!left) setText(content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    });
    return () => {
      left = true;
    };
  }, [pdf, number, seen]);
  return (
    <div ref={box} className="e-preview__page">
      {/* What is drawn is read aloud from its text. */}
      <canvas aria-hidden="true" width={893} height={1263} />
      <p className="e-hidden">
        {t`Page ${number} sur ${total}`} {text}
      </p>
    </div>
  );
}
