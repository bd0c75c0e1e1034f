// The head of every page: where one is, its title, its one primary action.
import {Link, type LinkProps} from '@tanstack/react-router';
import {type ReactNode, useEffect} from 'react';
import {t} from '../text.ts';

type PageProps = {
  title: string;
  /** The list this page's thing belongs to. */
  back?: LinkProps & {label: string};
  /** Beside the title: a status or a mark. */
  mark?: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

export function Page({title, back, mark, subtitle, actions, children}: PageProps) {
  useEffect(() => {
    document.title = t.shell.documentTitle(title);
  }, [title]);
  const {label, ...link} = back ?? {label: ''};
  return (
    <div className="page">
      <header className="page-head">
        <div>
          {back && (
            <Link {...link} className="back">
              {label}
            </Link>
          )}
          <div className="title-line">
            <h1>{title}</h1>
            {mark}
          </div>
          {subtitle && <div className="subtitle">{subtitle}</div>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Section({
  title,
  description,
  actions,
  children,
}: Pick<PageProps, 'title' | 'actions' | 'children'> & {description?: ReactNode}) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <div>
          <h2>{title}</h2>
          {description && <div className="dimmed">{description}</div>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
