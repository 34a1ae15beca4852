import { Trans } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { useGet } from '../api/queries';
import type { MyData } from '../api/types';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';

/** What the territory knows of me, what for, and the way to take it away. */
export function MyDataView() {
  const data = useGet<MyData>('/api/me/data');
  return (
    <div className="e-stack">
      <div className="e-row e-row--apart">
        <p className="e-soft e-narrow">
          <Trans>Tout ce que le territoire sait de vous, et pourquoi il le garde. Une erreur ? Votre service des ressources humaines peut la corriger.</Trans>
        </p>
        <a className="e-button e-button--primary" href="/api/me/data/export" download>
          <Download size={18} aria-hidden="true" />
          <Trans>Télécharger mes données</Trans>
        </a>
      </div>
      <Loaded query={data} skeleton={<Skeleton lines={8} />}>
        {(found) => (
          <div className="e-data">
            {found.sections.map((section) => (
              <section key={section.id} className="e-card">
                <h2>{section.title}</h2>
                <p className="e-soft e-small">{section.why}</p>
                <dl className="e-facts">
                  {section.facts.map((fact, index) => (
                    <Fact key={index} {...fact} />
                  ))}
                </dl>
              </section>
            ))}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
