"""Where sound comes from: devices, the system's own sound, files and pipes, behind one small protocol."""
