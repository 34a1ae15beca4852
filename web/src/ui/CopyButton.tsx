import { useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import { announce } from './live';
import { toast } from './Toasts';

export interface CopyButtonProps {
  value: string;
  /** What it says before: "Copier" where nothing else is said. */
  children?: string;
}

/** Copies a text exactly, and says so to those who see and to those who hear. */
export function CopyButton({ value, children }: CopyButtonProps) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = window.setTimeout(() => setCopied(false), 3000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce(t`Copié.`);
    } catch {
      toast(t`Ce navigateur ne laisse pas copier : sélectionnez le texte pour le copier vous-même.`, { tone: 'bad' });
    }
  };
  return (
    <Button icon={copied ? Check : Copy} onPress={() => void copy()}>
      {copied ? t`Copié` : (children ?? t`Copier`)}
    </Button>
  );
}
