import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AdminNav } from '@/components/admin/nav';

export const metadata: Metadata = { title: { default: 'Administration', template: '%s · Administration' } };

/** The frame. It shows nothing that is secret: each page asks by itself who looks at it (ADM-1). */
export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <div className="w-full max-w-295 flex-1 self-center lg:flex lg:gap-8">
      <AdminNav />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
