import { useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import styles from './training.module.css'

/** The three parts of the room, one beside the other: sessions, those who may lead them, and the care of those who serve. */
export function TrainingTabs() {
  const t = useText()
  return (
    <nav aria-label={t('training.tabs')} className={styles.tabs}>
      <Link to="/training" activeOptions={{ exact: true }}>
        {t('training.sessions')}
      </Link>
      <Link to="/training/trainers">{t('trainers.tab')}</Link>
      <Link to="/training/self-care">{t('self-care.tab')}</Link>
    </nav>
  )
}
