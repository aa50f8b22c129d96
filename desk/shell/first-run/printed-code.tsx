import styles from './printed-code.module.css'

/** A code as it goes to paper: nothing else of the page is printed with it. */
export function PrintedCode({ title, code, note }: { title: string; code: string; note: string }) {
  return (
    <figure className={`card ${styles.paper}`}>
      <figcaption className={styles.title}>{title}</figcaption>
      <pre className={styles.code}>{code}</pre>
      <p className="small">{note}</p>
    </figure>
  )
}
