"""Social help 社会帮扶 (XC 4.5.21, GZ 4.7.2): needs published without names, offers, matches."""
