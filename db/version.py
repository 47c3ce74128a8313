"""Which Reelscope this is: said by the command lines, the footer and /healthz."""

VERSION = "0.5.0"  # CHANGELOG.md says what each brought
